import type { BookingRules, OpeningPlan, Profile } from './profile.types'

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
