import { Temporal } from 'temporal-polyfill'
import type { Locale } from '@/lib/i18n/locale'

/** A Saturday's service that runs past midnight; the two of clock changes fall into such a night. */
const saturdays = [
  { timeZone: 'Asia/Seoul', date: '2026-11-28' },
  // Clocks go back at 02:00 on Sunday.
  { timeZone: 'America/New_York', date: '2026-10-31' },
  // Clocks go forward at 02:00 on Sunday.
  { timeZone: 'Pacific/Auckland', date: '2026-09-26' },
]

/** Wall times of each hour around midnight and the day cut at 05:00. */
const hours = {
  evening: ['19:00', '20:00', '21:00', '22:00', '23:00', '23:59'],
  night: ['00:00', '00:30', '01:00', '03:00', '04:00', '04:59'],
  morning: ['05:00', '06:00', '07:00', '11:59'],
} as const

export type Span = keyof typeof hours

const names: Record<Locale, (date: Temporal.PlainDate) => string> = {
  ko: ({ month, day, dayOfWeek }) => `${month}월 ${day}일(${'월화수목금토일'[dayOfWeek - 1]})`,
  en: (date) =>
    date
      .toLocaleString('en', { weekday: 'short', month: 'short', day: 'numeric' })
      .replace(/^(\w+),? (\w+) (\d+)$/, '$1, $2 $3'),
}

/** Every hour of each night, in both languages, with the names that dates have by themselves. */
export const nightHours = saturdays.flatMap(({ timeZone, date }) =>
  (['evening', 'night', 'morning'] as const).flatMap((span) =>
    hours[span].flatMap((wall) =>
      (['ko', 'en'] as const).map((locale) => {
        const saturday = Temporal.PlainDate.from(date)
        const dayOf = (days: number) => saturday.add({ days })
        /** ISO 8601, of a wall time so many days after Saturday. */
        const at = (days: number, time: string) =>
          dayOf(days)
            .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) })
            .toInstant()
            .toString({ fractionalSecondDigits: 3 })
        return {
          ...{ timeZone, span, wall, locale, at },
          now: at(span === 'evening' ? 0 : 1, wall),
          dateOf: (days: number) => dayOf(days).toString(),
          /** '11월 28일(토)', 'Sat, Nov 28' */
          nameOf: (days: number) => names[locale](dayOf(days)),
          /** '11월 28일(토) 밤', 'Saturday night, Nov 28' */
          night:
            locale === 'ko'
              ? `${names.ko(saturday)} 밤`
              : `Saturday night, ${names.en(saturday).slice(5)}`,
        }
      }),
    ),
  ),
)
