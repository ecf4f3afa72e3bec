import { readLocalDate } from '@/lib/i18n/moment'
import { readWall } from './off-plan.rules'

/** A year that is typed in part is an early one. */
const FIRST_DATE = '2000-01-01'

/**
 * When a guest agreed, by the date that staff note, in the restaurant's zone: an earlier date from its start,
 * and today without an instant, because the database's clock has the present one. Null: a date to come, one
 * that is typed in part, or none.
 */
export function readConsentDate({
  date,
  nowMs,
  timeZone,
}: {
  date: string
  nowMs: number
  timeZone: string
}): { at?: string } | null {
  const today = readLocalDate({ at: nowMs, timeZone })
  if (date < FIRST_DATE || date > today) return null
  if (date === today) return {}
  const at = readWall({ day: { serviceDate: date, timeZone, dayCutMinutes: 0 }, wall: '00:00' })
  return at === null ? null : { at }
}
