import { addDays } from '@/domain/schedule/rules'
import type { PlanFacts, PlanRefusal } from './plan.types'

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
