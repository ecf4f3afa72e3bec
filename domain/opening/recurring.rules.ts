import { addDays, findInstant, formatWallTime } from '@/domain/schedule/rules'
import type { OpeningPlan } from './plan.schema'
import type { DueDate, RecurringOpening } from './recurring.schema'

/** How far ahead of its instant an opening is announced; a daily sweep is enough. */
export const AHEAD_DAYS = 3
/** A new or changed recurring opening gives diners a day's notice before its first opening. */
export const NOTICE_MS = 24 * 60 * 60_000

/**
 * Why no diner could book at the instants of a recurring opening; null: they can. Until the day cut
 * it is still the day before, so a time at night reaches one day further.
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
 * night of a clock change, a skipped time moves behind the gap by the same amount.
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

/** Whether the opening is a day or more after the recurring opening last changed. */
export function isDue({ plan, since }: { plan: OpeningPlan; since: Date }): boolean {
  return Date.parse(plan.opensAt) >= since.getTime() + NOTICE_MS
}
