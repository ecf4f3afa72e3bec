import { addDays } from '@/domain/schedule/rules'
import type { PlanFacts, PlanRefusal } from './plan.schema'

/**
 * Why an opening can't be planned like this; null: it can. An opening whose date can't be booked at
 * its instant would give turns that are good for nothing.
 */
export function refusePlan({
  serviceDate,
  facts,
}: {
  serviceDate: string
  facts: PlanFacts
}): PlanRefusal | null {
  const { today, dateThen } = facts
  if (serviceDate < today) return 'past-date'
  if (!facts.isAhead) return 'past-time'
  if (dateThen > serviceDate) return 'opening-too-late'
  const reachDays = facts.sameDayOnly ? 0 : facts.horizonDays
  if (addDays({ date: dateThen, days: reachDays }) < serviceDate) return 'opening-too-early'
  if (facts.isClosed) return 'closed-day'
  return facts.hasOpening ? 'opening-exists' : null
}

/** Within this many seconds, every diner who could get a seat should have had a turn. */
const SELLING_SECONDS = 120

/**
 * A suggested rate for a restaurant: every diner for whom there is a seat gets a turn within the
 * first two minutes, and few enough choose at the same time that a turn is worth something. One
 * decimal below one, whole numbers above.
 */
export function suggestRate(slots: number): number {
  const rate = slots / SELLING_SECONDS
  return rate < 1 ? Math.max(1, Math.round(rate * 10)) / 10 : Math.round(rate)
}

/** How many turns come while the gate stands. */
export function countTurns(plan: { turnsPerSecond: number; gateMinutes: number }): number {
  return Math.floor(plan.turnsPerSecond * plan.gateMinutes * 60)
}
