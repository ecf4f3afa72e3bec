import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDate, formatTime, readLocalDate } from '@/lib/i18n/moment'
import { fillIn } from './words'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

/** '2026년 11월 22일 (일) 19:00' in the given zone, with the year because these lists reach back. */
export function formatInstant({
  at,
  date,
  timeZone = ADMIN_TIME_ZONE,
  locale,
}: {
  at: string
  /** The service date, where that differs from the calendar date. */
  date?: string
  timeZone?: string
  locale: Locale
}): string {
  const shown = date ?? readLocalDate({ at, timeZone })
  const year = shown.slice(0, 4)
  const day = formatDate({ date: shown, locale })
  const time = formatTime({ at, timeZone })
  return locale === 'ko' ? `${year}년 ${day} ${time}` : `${day}, ${year}, ${time}`
}

/** The age in a single unit. */
export function nameAge({
  at,
  asOf,
  words,
}: {
  at: string
  asOf: string
  words: Messages['admin']['age']
}): string {
  const minutes = Math.floor((Date.parse(asOf) - Date.parse(at)) / MINUTE_MS)
  if (minutes < 1) return words.now
  if (minutes < 120) return fillIn(words.minutes, { count: minutes })
  if (minutes < 2 * DAY_MINUTES) return fillIn(words.hours, { count: Math.floor(minutes / 60) })
  return fillIn(words.days, { count: Math.floor(minutes / DAY_MINUTES) })
}
