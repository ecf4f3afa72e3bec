import type { Locale } from '@/lib/i18n/locale'

const formats = new Map<string, Intl.DateTimeFormat>()

/** Cached, because creating a formatter is slow and a board shows dozens of times. */
function formatWith(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language, options])
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, options)
  formats.set(key, format)
  return format
}

type Instant = string | number | Date
type At = { at: Instant; timeZone: string }
const dateOf = (at: Instant) => new Date(at)
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/** '19:00' in the restaurant's zone, the same in both languages. */
export function formatTime({ at, timeZone }: At): string {
  return formatWith('en-GB', { ...clock, timeZone }).format(dateOf(at))
}

/** '20:31:05', for values that are true only for a moment. */
export function formatSeconds({ at, timeZone }: At): string {
  return formatWith('en-GB', { ...clock, second: '2-digit', timeZone }).format(dateOf(at))
}

/** The calendar date in the restaurant's zone, '2026-11-22'. */
export function readLocalDate({ at, timeZone }: At): string {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit', timeZone } as const
  return formatWith('en-CA', options).format(dateOf(at))
}

/** '11월 22일 (일)', 'Sun, Nov 22': a calendar date, which has no zone. */
export function formatDate({ date, locale }: { date: string; locale: Locale }): string {
  const options = { month: 'long', day: 'numeric', weekday: 'short', timeZone: 'UTC' } as const
  return formatWith(locale, locale === 'ko' ? options : { ...options, month: 'short' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}

/** '일' or 'Sun', and '22', for a strip of days. */
export function splitDate({ date, locale }: { date: string; locale: Locale }) {
  const at = new Date(`${date}T00:00:00Z`)
  return {
    weekday: formatWith(locale, { weekday: 'short', timeZone: 'UTC' }).format(at),
    day: String(at.getUTCDate()),
    monthAndDay: `${at.getUTCMonth() + 1}.${at.getUTCDate()}`,
  }
}

/** '대한민국 표준시', 'Korean Standard Time'. */
export function formatZone({ at, timeZone, locale }: At & { locale: Locale }): string {
  const parts = formatWith(locale, { timeZone, timeZoneName: 'long' }).formatToParts(dateOf(at))
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

/** A duration in hours, minutes and seconds, '00:12:34'; a negative one is '00:00:00'. */
export function formatLength(lengthMs: number): string {
  const seconds = Math.max(0, Math.ceil(lengthMs / 1000))
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
}
