import { nameDay } from '@/components/ui/day-name'
import { fillIn } from '@/components/ui/words'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatTime, readLocalDate } from '@/lib/i18n/moment'

export type PlanRestaurant = {
  id: string
  slug: string
  today: string
  timeZone: string
  sameDayOnly: boolean
  seatingMinutes: number
  version: number
}
export type PlanWords = Messages['planning']

/** '오늘 10:00' in the restaurant's zone, with the date when it is not today. */
export function nameMoment({
  at,
  restaurant,
  locale,
  words,
}: {
  at: string
  restaurant: Pick<PlanRestaurant, 'today' | 'timeZone'>
  locale: Locale
  words: PlanWords
}): string {
  const { today, timeZone } = restaurant
  const date = readLocalDate({ at, timeZone })
  const day = nameDay({ date, today, locale, words })
  return fillIn(words.at, { day, time: formatTime({ at, timeZone }) })
}
