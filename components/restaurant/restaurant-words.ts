import type { Restaurant } from '@/domain/restaurant/types'
import type { Messages } from '@/lib/i18n/messages'
import type { Locale } from '@/lib/locale'

type Named = Pick<Restaurant, 'name' | 'nameEn'>

/** The name in the language of the page, and the language it is in. */
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

/** Owners write category and region in Korean; those we have a word for are shown in the page's language. */
export function translateWord({ word, words }: { word: string; words: Record<string, string> }) {
  return words[word] ?? word
}

/** '모던 한식 · 성수' */
export function placeRestaurant({
  restaurant,
  words,
}: {
  restaurant: Restaurant
  words: Pick<Messages['booking'], 'categories' | 'regions'>
}): string {
  const category = translateWord({ word: restaurant.category, words: words.categories })
  return `${category} · ${translateWord({ word: restaurant.region, words: words.regions })}`
}

/** The address on a map that Korea knows its alleys by. */
export function linkToMap({ name, address }: { name: string; address: string }): string {
  return `https://map.naver.com/p/search/${encodeURIComponent(`${address} ${name}`)}`
}

export function linkToPhone(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, '')}`
}
