import { toNamePattern } from '@/lib/text/search'
import { listDigits, toPhoneKey } from '@/lib/text/typed-phone'
import { findGuestNames, findGuestPhones } from '@/lib/text/word-query'

/** Fewer would match half of all past guests. */
const FEWEST_DIGITS = 4

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

/** What no word of the index matches. */
const NOBODY = `'~'`

/**
 * The same search over the index `guests_words` of one restaurant: its `tsquery`, and the regular
 * expression that a name which it found has to match, because the index holds the beginnings of long
 * names only. A text that is no search finds nobody.
 */
export function planBookSearch({
  search,
  restaurantId,
}: {
  search: string
  restaurantId: string
}): [words: string, name: string | null] {
  const book = restaurantId.toLowerCase().replaceAll('-', '')
  const { name } = planSearch(search)
  if (name !== null) return [findGuestNames({ keyword: search, book }) ?? NOBODY, name]
  const digits = listDigits({ typed: search, fewest: FEWEST_DIGITS })
  return [findGuestPhones({ digits, book }) ?? NOBODY, null]
}
