import { addDays, findInstant, formatWallTime } from '@/domain/schedule/rules'
import type { OpeningPlan } from './plan.schema'
import type { DueDate, RecurringOpening } from './recurring.schema'

/** So far ahead of its instant an opening is announced; a sweep that runs once a day is enough. */
export const AHEAD_DAYS = 3
/**
 * A recurring opening that was just begun or changed surprises nobody: its first opening is a day
 * away.
 */
export const NOTICE_MS = 24 * 60 * 60_000

/**
 * Why nobody could book at the instants of a recurring opening; null: they can. Before the day cut
 * it is still the day before, so a time in the night reaches one day further.
 */
export function refuseRecurringOpening({
  recurring,
  restaurant,
}: {
  recurring: Pick<RecurringOpening, 'opensMinutes' | 'opensDaysBefore'>
  restaurant: { sameDayOnly: boolean; horizonDays: number; dayCutMinutes: number }
}): 'opening-too-early' | null {
  const { opensMinutes, opensDaysBefore } = recurring
  const daysAhead = opensDaysBefore + (opensMinutes < restaurant.dayCutMinutes ? 1 : 0)
  return daysAhead > (restaurant.sameDayOnly ? 0 : restaurant.horizonDays)
    ? 'opening-too-early'
    : null
}

/**
 * The opening of one date, at the restaurant's wall time whatever the clock does in between. On the
 * night of a clock change a time that is skipped comes as far behind the gap.
 */
export function planOf(due: DueDate): OpeningPlan {
  const { serviceDate, timeZone, opensMinutes, opensDaysBefore } = due
  const { lobbyMinutes, gateMinutes, orderBy, turnsPerSecond } = due
  const date = addDays({ date: serviceDate, days: -opensDaysBefore })
  const wallTime = formatWallTime(opensMinutes)
  const { at } = findInstant({ serviceDate: date, wallTime, timeZone })
  return {
    serviceDate,
    opensAt: at.toISOString(),
    lobbyMinutes,
    gateMinutes,
    orderBy,
    turnsPerSecond,
  }
}

/** Whether it is a day away from when the recurring opening became as it is. */
export function isDue({ plan, since }: { plan: OpeningPlan; since: Date }): boolean {
  return Date.parse(plan.opensAt) >= since.getTime() + NOTICE_MS
}
