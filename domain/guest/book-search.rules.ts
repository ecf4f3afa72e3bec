import { readSpellings, toKey } from '@/lib/text/search'
import { listDigits } from '@/lib/text/typed-phone'
import { findGuestNames, findGuestPhones } from '@/lib/text/word-query'
import { FEWEST_DIGITS, planSearch } from './search.rules'

/** What no word of the index matches. */
const NOBODY = `'~'`

/**
 * The search of `planSearch` over the index `guests_words` of one restaurant: its `tsquery`, and the regular
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

/**
 * What the keys of names begin with that one letter or syllable stands for: a third of all names contain it.
 * Null: the search is longer.
 */
export function planLetterSearch(search: string): string[] | null {
  const letters = Array.from(search.normalize('NFC').replace(/\s/g, ''))
  return letters.length > 1 ? null : readSpellings(search).map(toKey)
}
