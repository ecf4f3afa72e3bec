import clsx from 'clsx'
import { styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { DayOverview } from '@/domain/schedule/month.rules'
import { type DayState, moveMonth, nameDayState } from '@/domain/schedule/month.rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatMonth, formatWeekday, tellMoment } from '@/lib/i18n/moment'

type Words = Messages['schedule']
type Restaurant = { slug: string; today: string; timeZone: string }

const looks: Record<DayState, string> = {
  NONE: 'border-dashed border-line',
  CLOSED: 'hatched border-line',
  CLOSED_TAKEN: 'hatched border-waiting',
  DAY_OFF: 'hatched border-line',
  FULL: 'border-confirmed bg-raised',
  OPEN: 'border-line bg-raised hover:border-ink',
}
/** Whole class names, because Tailwind finds no others. ISO 8601: Monday first. */
const columns = [
  ...['md:col-start-1', 'md:col-start-2', 'md:col-start-3', 'md:col-start-4'],
  ...['md:col-start-5', 'md:col-start-6', 'md:col-start-7'],
]

function columnOf(date: string): string {
  return columns[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? ''
}

function Day({
  day,
  restaurant,
  isFirst,
  locale,
  words,
}: {
  day: DayOverview
  restaurant: Restaurant
  isFirst: boolean
  locale: Locale
  words: Words
}) {
  const { date } = day
  const state = nameDayState(day)
  const told = fillIn(words.month[state], { free: day.free, taken: day.taken })
  const weekday = formatWeekday({ date, locale })
  const number = Number(date.slice(8))
  const isMade = state === 'OPEN' || state === 'FULL'
  return (
    <li className={clsx(isFirst && columnOf(date), date < restaurant.today && 'text-quiet')}>
      <PageLink
        href={`/owner/${restaurant.slug}/schedule/${date}`}
        locale={locale}
        aria-current={date === restaurant.today ? 'date' : undefined}
        className={clsx(
          'flex h-full min-h-16 gap-3 rounded-small border p-3 no-underline md:min-h-32 md:flex-col md:gap-1 md:p-2',
          looks[state],
          date === restaurant.today && 'ring-2 ring-accent',
        )}
      >
        <span className="w-14 shrink-0 text-20 font-bold tabular-nums md:w-auto">
          {number} <span className="text-15 font-medium text-quiet md:sr-only">{weekday}</span>
        </span>
        <span className="flex min-w-0 flex-col text-15 leading-tight">
          <span className={clsx('font-semibold', state === 'FULL' && 'text-confirmed')}>
            {told}
          </span>
          {day.closedBecause && <span className="truncate">{day.closedBecause}</span>}
          {isMade && (
            <span className="text-quiet tabular-nums">
              {fillIn(words.month.made, { tables: day.tables, times: day.times })}
            </span>
          )}
          {isMade && day.taken > 0 && (
            <span className="text-quiet tabular-nums">
              {fillIn(words.month.taken, { taken: day.taken })}
            </span>
          )}
          {isMade && day.opensAt && (
            <span className="text-quiet tabular-nums">
              {fillIn(words.month.opens, {
                at: tellMoment({
                  at: day.opensAt,
                  timeZone: restaurant.timeZone,
                  beside: date,
                  locale,
                }),
              })}
            </span>
          )}
        </span>
      </PageLink>
    </li>
  )
}

/** A month at a glance: a list on a phone, weeks elsewhere. Each date links to its slots. */
export function MonthOverview({
  month,
  days,
  restaurant,
  locale,
  words,
}: {
  month: string
  days: DayOverview[]
  restaurant: Restaurant
  locale: Locale
  words: Words
}) {
  const title = fillIn(words.month.label, { month: formatMonth({ month, locale }) })
  const steps = [
    { by: -1, label: words.month.previous },
    { by: 1, label: words.month.next },
  ]
  return (
    <section aria-labelledby="month" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="month" className="text-20 font-bold">
          {title}
        </h2>
        <nav className="flex gap-2" aria-label={title}>
          {steps.map(({ by, label }) => (
            <PageLink
              key={by}
              href={`/owner/${restaurant.slug}/schedule?month=${moveMonth({ month, by })}`}
              locale={locale}
              className={styleButton({ tone: 'outline' })}
            >
              {label}
            </PageLink>
          ))}
        </nav>
      </div>
      <div aria-hidden="true" className="hidden grid-cols-7 gap-2 text-15 text-quiet md:grid">
        {words.weekdays.map((name) => (
          <span key={name} className="px-2">
            {name}
          </span>
        ))}
      </div>
      <ol className="grid gap-2 md:grid-cols-7">
        {days.map((day, index) => (
          <Day
            key={day.date}
            day={day}
            restaurant={restaurant}
            locale={locale}
            words={words}
            isFirst={index === 0}
          />
        ))}
      </ol>
    </section>
  )
}
