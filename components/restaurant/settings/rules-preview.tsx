import { fillIn } from '@/components/ui/words'
import { planOpening } from '@/domain/restaurant/rules'
import type { BookingRules } from '@/domain/restaurant/types'
import type { Messages } from '@/lib/i18n/messages'
import { formatClock } from './rules-draft'

type Words = Messages['settings']['preview']

function describeOpening({ rules, words }: { rules: BookingRules; words: Words }): string {
  const plan = planOpening(rules)
  if (plan.kind === 'SAME_DAY')
    return fillIn(words.sameDay, { time: formatClock(plan.opensMinutes) })
  if (plan.kind === 'AHEAD')
    return plan.horizonDays === 0
      ? words.aheadToday
      : fillIn(words.ahead, { days: plan.horizonDays })
  const time = formatClock(plan.opensMinutes)
  return plan.daysBefore === 0
    ? fillIn(words.aheadFromToday, { time })
    : fillIn(words.aheadFrom, { time, days: plan.daysBefore })
}

/** The rules as a diner will read them, updated while the owner types. */
export function RulesPreview({
  rules,
  title,
  words,
}: {
  /** Holds NaN where the text is unreadable; the sentences about it wait. */
  rules: BookingRules
  title: string
  words: Words
}) {
  const { seatingMinutes, confirmWithinMinutes, noShowLimit: limit, noShowMonths: months } = rules
  const noShows = rules.holdsAfterNoShows ? words.noShowsHeld : words.noShows
  const sentences = [
    describeOpening({ rules, words }),
    fillIn(words.seating, { minutes: seatingMinutes }),
    confirmWithinMinutes === null
      ? words.atOnce
      : fillIn(words.confirmWithin, { minutes: confirmWithinMinutes }),
    ...(limit === null || months === null ? [] : [fillIn(noShows, { limit, months })]),
  ].filter((sentence) => !sentence.includes('NaN'))
  return (
    <div className="flex flex-col gap-2 rounded-card border border-line bg-raised p-4">
      <p className="text-15 font-medium text-quiet">{title}</p>
      <ul className="flex list-disc flex-col gap-1 pl-5 tabular-nums marker:text-accent">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  )
}
