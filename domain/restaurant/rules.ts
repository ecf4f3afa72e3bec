import type { OwnerState } from './owner-approval.schema'
import type { BookingRules, OpeningPlan, Profile } from './types'

type Values = Record<string, unknown>

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/**
 * Merges a person's edits with what another person saved meanwhile, field by field. A field that
 * only one of them changed takes that change; where both did, the edit stays and the saved value is
 * listed in `conflicts`. No edit is lost.
 */
export function mergeEdits<V extends Values>({
  base,
  mine,
  present,
}: {
  /** The values the form showed at first. */
  base: V
  mine: V
  /** The stored values. */
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

/** When bookings open, as diners are told. On the day itself, never before the day begins. */
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

/** The fields of a restaurant's profile form. */
export function pickProfile(restaurant: Profile): Profile {
  const { name, nameEn, category, region, address, phone, mapUrl } = restaurant
  const { description, descriptionEn, guestNote, guestNoteEn } = restaurant
  const where = { category, region, address, phone, mapUrl }
  return { name, nameEn, ...where, description, descriptionEn, guestNote, guestNoteEn }
}

/** The fields of a restaurant's booking rules form. */
export function pickRules(restaurant: BookingRules): BookingRules {
  const { timeZone, seatingMinutes, dayCutMinutes, sameDayOnly, horizonDays } = restaurant
  const { opensMinutes, opensDaysBefore, confirmWithinMinutes } = restaurant
  const { noShowLimit, noShowMonths, holdsAfterNoShows } = restaurant
  const opening = { sameDayOnly, horizonDays, opensMinutes, opensDaysBefore }
  const held = { confirmWithinMinutes, noShowLimit, noShowMonths, holdsAfterNoShows }
  return { timeZone, seatingMinutes, dayCutMinutes, ...opening, ...held }
}

/** The columns that determine an owner's state. */
export type OwnerAnswers = { ownerApprovedAt: unknown; ownerRefusedAt: unknown }

/** The database ensures that at most one of the two is set. */
export function readOwnerState({ ownerApprovedAt, ownerRefusedAt }: OwnerAnswers): OwnerState {
  if (ownerApprovedAt) return 'APPROVED'
  return ownerRefusedAt ? 'REFUSED' : 'WAITING'
}
