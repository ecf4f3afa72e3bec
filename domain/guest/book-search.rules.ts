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
