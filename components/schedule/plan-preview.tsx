import clsx from 'clsx'
import { fillIn } from '@/components/ui/words'
import type { DayPreview, SchedulePreview } from '@/domain/schedule/plan.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDate, nameTimeOn, tellMoment } from '@/lib/i18n/moment'

type Words = Messages['schedule']['plan']

export function countStates(days: readonly DayPreview[]) {
  const count = (...states: DayPreview['state'][]) =>
    days.filter(({ state }) => states.includes(state)).length
  return {
    made: count('NEW'),
    changed: count('CHANGES', 'CLOSES'),
    same: count('SAME', 'NOTHING'),
    closed: count('CLOSED'),
  }
}

/** Counts of zero are left out. */
function summarise({ preview, words }: { preview: SchedulePreview; words: Words }): string {
  const counts = countStates(preview.days)
  return (['made', 'changed', 'same', 'closed'] as const)
    .filter((state) => counts[state] > 0)
    .map((state) => fillIn(words.summary[state], { count: counts[state] }))
    .join(' · ')
}

function Facts({ day, words }: { day: DayPreview; words: Words }) {
  const counts = (['added', 'removed', 'kept', 'taken'] as const).filter((name) => day[name] > 0)
  if (day.state === 'SAME' || day.state === 'CLOSED') return null
  return (
    <p className="text-15 text-quiet tabular-nums">
      {counts.map((name) => fillIn(words[name], { count: day[name] })).join(' · ')}
    </p>
  )
}

function Exceptions({
  day,
  timeZone,
  locale,
  words,
}: {
  day: DayPreview
  timeZone: string
  locale: Locale
  words: Words
}) {
  const conflicts = day.conflicts.map(({ startsAt: at, tableNumber: table }) => {
    const time = nameTimeOn({ at, date: day.serviceDate, timeZone, locale })
    return fillIn(words.conflict, { time, table })
  })
  const leftOut = day.leftOut.map(({ wallTime }) => wallTime).join(', ')
  return (
    <>
      {conflicts.length > 0 && (
        <p className="border-l-4 border-waiting pl-3 text-15 tabular-nums">
          <span className="font-medium">{words.conflicts}</span>: {conflicts.join(', ')}
        </p>
      )}
      {day.crowdedOut > 0 && (
        <p className="text-15 text-quiet">{fillIn(words.crowdedOut, { count: day.crowdedOut })}</p>
      )}
      {leftOut && (
        <p className="text-15 text-waiting">{fillIn(words.leftOut, { times: leftOut })}</p>
      )}
    </>
  )
}

/** The plan's changes date by date, before they are applied. */
export function PlanPreview({
  preview,
  timeZone,
  locale,
  words,
}: {
  preview: SchedulePreview
  timeZone: string
  locale: Locale
  words: Words
}) {
  return (
    <div className="flex flex-col gap-3">
      <p className="font-medium tabular-nums">{summarise({ preview, words })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <ul tabIndex={0} className="max-h-96 overflow-y-auto border-y border-line">
        {preview.days.map((day) => (
          <li
            key={day.serviceDate}
            className="flex flex-col gap-1 border-b border-line py-3 last:border-0"
          >
            <p className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="font-semibold tabular-nums">
                {formatDate({ date: day.serviceDate, locale })}
              </span>
              <span
                className={clsx(
                  'text-15 font-medium',
                  day.state === 'NEW' && 'text-confirmed',
                  (day.state === 'CHANGES' || day.state === 'CLOSES') && 'text-waiting',
                )}
              >
                {words.state[day.state]}
                {day.closedBecause && ` · ${day.closedBecause}`}
              </span>
            </p>
            <Facts day={day} words={words} />
            {day.opensAtChanges && day.opensAt && (
              <p className="text-15 text-quiet tabular-nums">
                {fillIn(words.opensAt, {
                  at: tellMoment({ at: day.opensAt, timeZone, locale }),
                })}
              </p>
            )}
            <Exceptions day={day} timeZone={timeZone} locale={locale} words={words} />
          </li>
        ))}
      </ul>
      <p className="text-15 text-quiet">{words.keeps}</p>
    </div>
  )
}
