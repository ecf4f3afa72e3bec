import { Temporal } from 'temporal-polyfill'
import type { Locale } from '@/lib/i18n/locale'

export type Moment = {
  /** 11월 22일(일) · Sun, Nov 22 */
  shortDate: string
  /** 2026년 11월 22일 일요일 · Sunday, November 22, 2026 */
  longDate: string
  /** 19:00 */
  time: string
  /** The offset at that place and time, e.g. GMT+09:00. */
  offset: string
  /** 2026-11-22, to tell a calendar date from the service date. */
  isoDate: string
}

/** An instant as the restaurant's wall clock shows it. `at` is ISO 8601. */
export function describeMoment({
  at,
  timeZone,
  locale,
}: {
  at: string
  timeZone: string
  locale: Locale
}): Moment {
  const wall = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone)
  const isoDate = wall.toPlainDate().toString()
  return {
    ...describeDate({ date: isoDate, locale }),
    time: wall.toPlainTime().toString({ smallestUnit: 'minute' }),
    offset: `GMT${wall.offset}`,
    isoDate,
  }
}

/** A calendar date in words. `date` is ISO 8601 and has no zone. */
export function describeDate({
  date,
  locale,
}: {
  date: string
  locale: Locale
}): Pick<Moment, 'shortDate' | 'longDate'> {
  // The date's own midnight in UTC, written in UTC: no zone can move it to a neighbour.
  const { dayOfMonth, dayOfWeek, whole } = formats[locale]
  const midnight = new Date(date)
  const day = dayOfMonth.format(midnight)
  const weekday = dayOfWeek.format(midnight)
  return {
    shortDate: locale === 'ko' ? `${day}(${weekday})` : `${weekday}, ${day}`,
    longDate: whole.format(midnight),
  }
}

// Creating a formatter takes as long as formatting a hundred dates.
const formats: Record<Locale, ReturnType<typeof makeFormats>> = {
  ko: makeFormats({ tag: 'ko-KR', month: 'long' }),
  en: makeFormats({ tag: 'en-US', month: 'short' }),
}

function makeFormats({ tag, month }: { tag: string; month: 'long' | 'short' }) {
  const inUtc = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...options })
  return {
    dayOfMonth: inUtc({ month, day: 'numeric' }),
    dayOfWeek: inUtc({ weekday: 'short' }),
    whole: inUtc({ dateStyle: 'full' }),
  }
}
