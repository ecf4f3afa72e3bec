import { fillIn } from '@/components/ui/words'
import type { Restaurant, RestaurantDetail } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import type { Search } from './search-address'

type Named = Pick<Restaurant, 'name' | 'nameEn'>

/** The name in the page's language if there is one, with the language it is in. */
export function nameRestaurant({ restaurant, locale }: { restaurant: Named; locale: Locale }): {
  text: string
  lang: Locale
} {
  const isEnglish = locale === 'en' && restaurant.nameEn
  return isEnglish && restaurant.nameEn
    ? { text: restaurant.nameEn, lang: 'en' }
    : { text: restaurant.name, lang: 'ko' }
}

export function describeRestaurant({
  restaurant,
  locale,
}: {
  restaurant: Restaurant
  locale: Locale
}): { text: string; lang: Locale } {
  return locale === 'en' && restaurant.descriptionEn
    ? { text: restaurant.descriptionEn, lang: 'en' }
    : { text: restaurant.description, lang: 'ko' }
}

/** The owner's note to diners before they book, or null. */
export function noteOfRestaurant({
  restaurant: { guestNote, guestNoteEn },
  locale,
}: {
  restaurant: Pick<RestaurantDetail, 'guestNote' | 'guestNoteEn'>
  locale: Locale
}): { text: string; lang: Locale } | null {
  if (locale === 'en' && guestNoteEn) return { text: guestNoteEn, lang: 'en' }
  return guestNote ? { text: guestNote, lang: 'ko' } : null
}

/**
 * Owners write category and region in Korean, in their own words. Known words are shown in the
 * page's language; others keep theirs and carry its language tag.
 */
export function translateWord({
  word,
  words,
  locale,
}: {
  word: string
  words: Record<string, string>
  locale: Locale
}): { name: string; lang?: Locale } {
  const known = words[word]
  if (known !== undefined) return { name: known }
  return locale === 'ko' ? { name: word } : { name: word, lang: 'ko' }
}

/** '모던 한식 · 성수' */
export function placeRestaurant({
  restaurant,
  words,
}: {
  restaurant: Pick<Restaurant, 'category' | 'region'>
  words: { categories: Record<string, string>; regions: Record<string, string> }
}): string {
  const category = words.categories[restaurant.category] ?? restaurant.category
  return `${category} · ${words.regions[restaurant.region] ?? restaurant.region}`
}

type Placed = Pick<Restaurant, 'name' | 'address'>

/** Searches Naver's map, which Koreans use to find alleys. */
export function linkToNaverMap({ name, address }: Placed): string {
  return `https://map.naver.com/p/search/${encodeURIComponent(`${address} ${name}`)}`
}

export function linkToKakaoMap({ name, address }: Placed): string {
  return `https://map.kakao.com/link/search/${encodeURIComponent(`${address} ${name}`)}`
}

export function linkToPhone(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, '')}`
}

/** Describes the restaurants in a list of results. */
export function nameSearch({
  search,
  words,
}: {
  search: Search
  words: Messages['booking']
}): string {
  const { keyword, category, region, partySize, isFreeOnly } = search
  const categories: Record<string, string> = words.categories
  const regions: Record<string, string> = words.regions
  const named = [
    category && (categories[category] ?? category),
    region && (regions[region] ?? region),
    keyword && `‘${keyword}’`,
  ].filter(Boolean)
  if (isFreeOnly && named.length === 0)
    return fillIn(words.search.freeResults, { count: partySize })
  if (keyword && named.length === 1) return fillIn(words.search.resultsFor, { keyword })
  return named.length > 0
    ? fillIn(words.search.results, { what: named.join(' · ') })
    : words.search.all
}
