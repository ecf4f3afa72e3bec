import { formatDate, formatTime, readLocalDate } from '@/components/ui/moment'
import { fillIn } from '@/components/ui/words'
import { ADMIN_TIME_ZONE } from '@/domain/identity/admin/rules'
import type { Messages } from '@/lib/i18n/messages'
import type { Locale } from '@/lib/locale'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

/** '2026. 11월 22일 (일) 19:00' in Korea, or in the zone that is given. */
export function formatInstant({
  at,
  timeZone = ADMIN_TIME_ZONE,
  locale,
}: {
  at: string
  timeZone?: string
  locale: Locale
}): string {
  const date = readLocalDate({ at, timeZone })
  const year = date.slice(0, 4)
  const day = formatDate({ date, locale })
  const time = formatTime({ at, timeZone })
  return locale === 'ko' ? `${year}. ${day} ${time}` : `${day}, ${year}, ${time}`
}

/** How long ago, in one unit. */
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
