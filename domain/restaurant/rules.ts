import type { OwnerState } from './owner-approval.schema'
import type { BookingRules, OpeningPlan, Profile } from './types'

type Values = Record<string, unknown>

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/**
 * Brings together what somebody typed and what another saved meanwhile, field by field. What only
 * one of the two changed is taken; where both did, what was typed stays and the other's value is
 * named in `conflicts`. Nothing typed is lost.
 */
export function mergeEdits<V extends Values>({
  base,
  mine,
  present,
}: {
  /** What the form showed at first. */
  base: V
  mine: V
  /** What is stored now. */
  present: V
}): { merged: V; conflicts: Partial<V>; taken: (keyof V & string)[] } {
  const merged = { ...mine }
  const conflicts: Partial<V> = {}
  const taken: (keyof V & string)[] = []
  const fields: (keyof V & string)[] = Object.keys(mine)
  for (const field of fields) {
    if (isSame(present[field], base[field]) || isSame(present[field], mine[field])) continue
    if (isSame(mine[field], base[field])) {
      merged[field] = present[field]
      taken.push(field)
    } else conflicts[field] = present[field]
  }
  return { merged, conflicts, taken }
}

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

/** Of a restaurant, what the form of its introduction holds. */
export function pickProfile(restaurant: Profile): Profile {
  const { name, nameEn, category, region, address, phone, mapUrl } = restaurant
  const { description, descriptionEn, guestNote, guestNoteEn } = restaurant
  const where = { category, region, address, phone, mapUrl }
  return { name, nameEn, ...where, description, descriptionEn, guestNote, guestNoteEn }
}

/** Of a restaurant, what the form of its booking rules holds. */
export function pickRules(restaurant: BookingRules): BookingRules {
  const { timeZone, seatingMinutes, dayCutMinutes, sameDayOnly, horizonDays } = restaurant
  const { opensMinutes, opensDaysBefore, confirmWithinMinutes } = restaurant
  const opening = { sameDayOnly, horizonDays, opensMinutes, opensDaysBefore }
  return { timeZone, seatingMinutes, dayCutMinutes, ...opening, confirmWithinMinutes }
}

/** The columns an owner's state is read from. */
export type OwnerAnswers = { ownerApprovedAt: unknown; ownerRefusedAt: unknown }

/** The database keeps that only one of the two is answered. */
export function readOwnerState({ ownerApprovedAt, ownerRefusedAt }: OwnerAnswers): OwnerState {
  if (ownerApprovedAt) return 'APPROVED'
  return ownerRefusedAt ? 'REFUSED' : 'WAITING'
}
