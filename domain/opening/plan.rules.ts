import { addDays } from '@/domain/schedule/rules'
import type { PlanFacts, PlanRefusal } from './plan.schema'

/**
 * Why an opening can't be planned so; null: it can. An opening at an instant at which nobody could
 * book its date would give turns that open nothing.
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

/** So many seconds of turns are enough for everybody who could get a seat to begin. */
const SELLING_SECONDS = 120

/**
 * A rate that fits a restaurant: everybody for whom there is a seat has their turn within the first
 * two minutes, and few enough choose at the same time that a turn is worth something. One figure
 * after the point below one, whole numbers above.
 */
export function suggestRate(slots: number): number {
  const rate = slots / SELLING_SECONDS
  return rate < 1 ? Math.max(1, Math.round(rate * 10)) / 10 : Math.round(rate)
}

/** How many turns come while the gate stands. */
export function countTurns(plan: { turnsPerSecond: number; gateMinutes: number }): number {
  return Math.floor(plan.turnsPerSecond * plan.gateMinutes * 60)
}
