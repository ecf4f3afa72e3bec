import { toNamePattern } from '@/lib/text/search'
import { listDigits, toPhoneKey } from '@/lib/text/typed-phone'

/** Fewer would match half of all past guests. */
export const FEWEST_DIGITS = 4

/**
 * The database search for a guest at the door: part of the name, as a regular expression for its
 * key and initials, or the end of the phone, as LIKE patterns for its key. Null: the text is no such
 * search.
 */
export function planSearch(search: string): { name: string | null; ends: string[] | null } {
  if (toPhoneKey(search) === null) return { name: toNamePattern(search), ends: null }
  const ends = listDigits({ typed: search, fewest: FEWEST_DIGITS })
  return { name: null, ends: ends.length === 0 ? null : ends.map((end) => `%${end}`) }
}
