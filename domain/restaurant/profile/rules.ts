import type { BookingRules, OpeningPlan } from './types'

/** What a diner is told about when bookings open. On the day itself never before the day has begun. */
export function planOpening(
  rules: Pick<
    BookingRules,
    'sameDayOnly' | 'opensMinutes' | 'opensDaysBefore' | 'horizonDays' | 'dayCutMinutes'
  >,
): OpeningPlan {
  const { sameDayOnly, opensMinutes, horizonDays, dayCutMinutes } = rules
  if (sameDayOnly)
    return { kind: 'SAME_DAY', opensMinutes: Math.max(opensMinutes ?? 0, dayCutMinutes) }
  if (opensMinutes === null) return { kind: 'AHEAD', horizonDays }
  return { kind: 'AHEAD_FROM', opensMinutes, daysBefore: rules.opensDaysBefore }
}
