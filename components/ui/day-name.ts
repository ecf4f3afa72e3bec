import type { Locale } from '@/lib/i18n/locale'
import { formatDate, formatTime, readLocalDate } from '@/lib/i18n/moment'

type Days = { today: string; tomorrow: string }
const DAY_MS = 86_400_000

/** 'Today', 'Tomorrow' or the date. `today` is the restaurant's. */
export function nameDay({
  date,
  today,
  locale,
  words,
}: {
  date: string
  today: string
  locale: Locale
  words: Days
}): string {
  const ahead = (Date.parse(date) - Date.parse(today)) / DAY_MS
  if (ahead === 0) return words.today
  return ahead === 1 ? words.tomorrow : formatDate({ date, locale })
}

/**
 * Day and time of a seating. After midnight the calendar date is one past the service date, so the
 * name shows that date and not "today".
 */
export function nameSeating({
  startsAt,
  timeZone,
  serviceDate,
  today,
  locale,
  words,
}: {
  startsAt: string
  timeZone: string
  serviceDate: string
  today: string
  locale: Locale
  words: Days
}): { day: string; time: string; isPastMidnight: boolean } {
  const date = readLocalDate({ at: startsAt, timeZone })
  const isPastMidnight = date !== serviceDate
  const day = isPastMidnight
    ? formatDate({ date, locale })
    : nameDay({ date: serviceDate, today, locale, words })
  return { day, time: formatTime({ at: startsAt, timeZone }), isPastMidnight }
}
