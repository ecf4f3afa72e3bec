import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import type { Locale } from './locale'
import {
  formatDate,
  formatDateOfYear,
  formatFullDate,
  formatLength,
  formatMonth,
  formatOffset,
  formatSeconds,
  formatShortDate,
  formatTime,
  formatZone,
  nameDayBriefly,
  nameInstant,
  nameMoment,
  nameServiceDay,
  nameStaffDay,
  nameStretch,
  readLocalDate,
  tellMoment,
} from './moment'

/** The words at each hour of one night: the Saturday evening, past midnight, and from 05:00 on. */
type Night = {
  timeZone: string
  saturday: string
  /** Wall times that come twice or not at all are tried as the offsets they have. */
  also?: Record<keyof Night['words'], string[]>
  words: Record<'evening' | 'night' | 'morning', Record<Locale, readonly string[]>>
}

const hours = {
  evening: ['18:00', '19:00', '20:00', '21:00', '22:00', '23:00', '23:59'],
  night: ['00:00', '00:57', '01:15', '02:00', '03:00', '04:00', '04:59'],
  morning: ['05:00', '06:00', '07:00', '11:59', '12:00', '17:59'],
} as const

/** Friday noon, Saturday noon, Sunday 00:30, 12:00 and 00:30 of Saturday's service, Monday noon. */
const moments = [
  [-1, '12:00'],
  [0, '12:00'],
  [1, '00:30'],
  [1, '12:00'],
  [1, '00:30', 0],
  [2, '12:00'],
] as const

const nights: Night[] = [
  {
    timeZone: 'Asia/Seoul',
    saturday: '2026-11-28',
    words: {
      evening: {
        ko: [
          ...['어제 12:00', '오늘 12:00', '11월 29일(일) 00:30', '내일 12:00'],
          ...['11월 29일(일) 00:30 (토요일 밤)', '11월 30일(월) 12:00', '오늘', '내일', '오늘'],
        ],
        en: [
          ...['Yesterday 12:00', 'Today 12:00', 'Sun, Nov 29, 00:30', 'Tomorrow 12:00'],
          ...['Sun, Nov 29, 00:30 (Saturday night)', 'Mon, Nov 30, 12:00'],
          ...['Today', 'Tomorrow', 'Today'],
        ],
      },
      night: {
        ko: [
          ...['11월 27일(금) 12:00', '11월 28일(토) 12:00', '오늘 00:30', '오늘 12:00'],
          ...['오늘 00:30 (토요일 밤)', '11월 30일(월) 12:00', '11월 28일(토) 밤', '오늘', '토 밤'],
        ],
        en: [
          ...['Fri, Nov 27, 12:00', 'Sat, Nov 28, 12:00', 'Today 00:30', 'Today 12:00'],
          ...['Today 00:30 (Saturday night)', 'Mon, Nov 30, 12:00'],
          ...['Saturday night, Nov 28', 'Today', 'Sat night'],
        ],
      },
      morning: {
        ko: [
          ...['11월 27일(금) 12:00', '어제 12:00', '오늘 00:30', '오늘 12:00'],
          ...['오늘 00:30 (토요일 밤)', '내일 12:00', '어제', '오늘', '어제'],
        ],
        en: [
          ...['Fri, Nov 27, 12:00', 'Yesterday 12:00', 'Today 00:30', 'Today 12:00'],
          ...['Today 00:30 (Saturday night)', 'Tomorrow 12:00', 'Yesterday', 'Today', 'Yesterday'],
        ],
      },
    },
  },
  {
    // Clocks go back at 02:00 on Sunday: 01:15 comes twice.
    timeZone: 'America/New_York',
    saturday: '2026-10-31',
    also: { evening: [], night: ['01:15-04:00', '01:15-05:00', '01:59-05:00'], morning: [] },
    words: {
      evening: {
        ko: [
          ...['어제 12:00', '오늘 12:00', '11월 1일(일) 00:30', '내일 12:00'],
          ...['11월 1일(일) 00:30 (토요일 밤)', '11월 2일(월) 12:00', '오늘', '내일', '오늘'],
        ],
        en: [
          ...['Yesterday 12:00', 'Today 12:00', 'Sun, Nov 1, 00:30', 'Tomorrow 12:00'],
          ...['Sun, Nov 1, 00:30 (Saturday night)', 'Mon, Nov 2, 12:00'],
          ...['Today', 'Tomorrow', 'Today'],
        ],
      },
      night: {
        ko: [
          ...['10월 30일(금) 12:00', '10월 31일(토) 12:00', '오늘 00:30', '오늘 12:00'],
          ...['오늘 00:30 (토요일 밤)', '11월 2일(월) 12:00', '10월 31일(토) 밤', '오늘', '토 밤'],
        ],
        en: [
          ...['Fri, Oct 30, 12:00', 'Sat, Oct 31, 12:00', 'Today 00:30', 'Today 12:00'],
          ...['Today 00:30 (Saturday night)', 'Mon, Nov 2, 12:00'],
          ...['Saturday night, Oct 31', 'Today', 'Sat night'],
        ],
      },
      morning: {
        ko: [
          ...['10월 30일(금) 12:00', '어제 12:00', '오늘 00:30', '오늘 12:00'],
          ...['오늘 00:30 (토요일 밤)', '내일 12:00', '어제', '오늘', '어제'],
        ],
        en: [
          ...['Fri, Oct 30, 12:00', 'Yesterday 12:00', 'Today 00:30', 'Today 12:00'],
          ...['Today 00:30 (Saturday night)', 'Tomorrow 12:00', 'Yesterday', 'Today', 'Yesterday'],
        ],
      },
    },
  },
  {
    // Clocks go forward at 02:00 on Sunday: 02:30 does not exist.
    timeZone: 'Pacific/Auckland',
    saturday: '2026-09-26',
    also: { evening: [], night: ['01:59+12:00', '03:00+13:00'], morning: [] },
    words: {
      evening: {
        ko: [
          ...['어제 12:00', '오늘 12:00', '9월 27일(일) 00:30', '내일 12:00'],
          ...['9월 27일(일) 00:30 (토요일 밤)', '9월 28일(월) 12:00', '오늘', '내일', '오늘'],
        ],
        en: [
          ...['Yesterday 12:00', 'Today 12:00', 'Sun, Sep 27, 00:30', 'Tomorrow 12:00'],
          ...['Sun, Sep 27, 00:30 (Saturday night)', 'Mon, Sep 28, 12:00'],
          ...['Today', 'Tomorrow', 'Today'],
        ],
      },
      night: {
        ko: [
          ...['9월 25일(금) 12:00', '9월 26일(토) 12:00', '오늘 00:30', '오늘 12:00'],
          ...['오늘 00:30 (토요일 밤)', '9월 28일(월) 12:00', '9월 26일(토) 밤', '오늘', '토 밤'],
        ],
        en: [
          ...['Fri, Sep 25, 12:00', 'Sat, Sep 26, 12:00', 'Today 00:30', 'Today 12:00'],
          ...['Today 00:30 (Saturday night)', 'Mon, Sep 28, 12:00'],
          ...['Saturday night, Sep 26', 'Today', 'Sat night'],
        ],
      },
      morning: {
        ko: [
          ...['9월 25일(금) 12:00', '어제 12:00', '오늘 00:30', '오늘 12:00'],
          ...['오늘 00:30 (토요일 밤)', '내일 12:00', '어제', '오늘', '어제'],
        ],
        en: [
          ...['Fri, Sep 25, 12:00', 'Yesterday 12:00', 'Today 00:30', 'Today 12:00'],
          ...['Today 00:30 (Saturday night)', 'Tomorrow 12:00', 'Yesterday', 'Today', 'Yesterday'],
        ],
      },
    },
  },
]

const dayAfter = (saturday: string, days: number) =>
  Temporal.PlainDate.from(saturday).add({ days }).toString()

/** An instant of a wall time, which may carry the offset that tells two equal ones apart. */
function findAt({
  date,
  wall,
  timeZone,
}: {
  date: string
  wall: string
  timeZone: string
}): string {
  const zone = `${date}T${wall}[${timeZone}]`
  return Temporal.ZonedDateTime.from(zone, { offset: 'reject' }).toInstant().toString()
}

const cases = nights.flatMap(({ timeZone, saturday, also, words }) =>
  (['evening', 'night', 'morning'] as const).flatMap((span) =>
    [...hours[span], ...(also?.[span] ?? [])].flatMap((wall) =>
      (['ko', 'en'] as const).map((locale) => ({
        ...{ timeZone, saturday, wall, locale },
        now: findAt({ date: dayAfter(saturday, span === 'evening' ? 0 : 1), wall, timeZone }),
        expected: words[span][locale],
      })),
    ),
  ),
)

describe('dates after midnight: what is called today, by the calendar of the restaurant', () => {
  it.each(cases)('$timeZone, $wall, $locale', ({ timeZone, saturday, now, locale, expected }) => {
    const said = moments.map(([days, wall, service]) =>
      nameMoment({
        at: findAt({ date: dayAfter(saturday, days), wall, timeZone }),
        serviceDate: service === undefined ? undefined : dayAfter(saturday, service),
        ...{ timeZone, locale, now },
      }),
    )
    const day = (days: number) => ({ date: dayAfter(saturday, days), now, timeZone, locale })
    const days = [nameServiceDay(day(0)), nameServiceDay(day(1)), nameDayBriefly(day(0))]
    expect([...said, ...days]).toEqual(expected)
  })
})

describe('staff count days by the service that runs', () => {
  const timeZone = 'Asia/Seoul'
  const sayOf = (now: string, today: string, locale: Locale) =>
    [-1, 0, 1, 2].map((days) =>
      nameStaffDay({ date: dayAfter('2026-11-29', days), now, today, timeZone, locale }),
    )

  it('in the evening by the calendar, past midnight still tonight', () => {
    const evening = '2026-11-29T12:00:00Z'
    expect(sayOf(evening, '2026-11-29', 'ko')).toEqual(['어제', '오늘', '내일', null])
    // 01:45 on the 30th, and a day cut at five.
    const night = '2026-11-29T16:45:00Z'
    expect(sayOf(night, '2026-11-29', 'ko')).toEqual(['어제', '오늘 밤', '내일', null])
    expect(sayOf(night, '2026-11-29', 'en')).toEqual(['Yesterday', 'Tonight', 'Tomorrow', null])
  })

  it('and from the day cut on, or where the day is cut at midnight, by the calendar', () => {
    for (const now of ['2026-11-29T16:45:00Z', '2026-11-29T20:00:00Z'])
      expect(sayOf(now, '2026-11-30', 'ko')).toEqual([null, '어제', '오늘', '내일'])
  })
})

describe('a wall time stands beside the calendar date it is on', () => {
  const at = '2026-11-28T15:57:05.000Z'
  const seoul = { at, timeZone: 'Asia/Seoul' }

  it.each([
    ['Asia/Seoul', '11월 29일(일) 00:57', 'Sun, Nov 29, 00:57', 'Sun, Nov 29 at 00:57'],
    ['America/New_York', '11월 28일(토) 10:57', 'Sat, Nov 28, 10:57', 'Sat, Nov 28 at 10:57'],
    ['Pacific/Auckland', '11월 29일(일) 04:57', 'Sun, Nov 29, 04:57', 'Sun, Nov 29 at 04:57'],
  ])('in %s', (timeZone, korean, label, sentence) => {
    expect(nameMoment({ at, timeZone, locale: 'ko' })).toBe(korean)
    expect(tellMoment({ at, timeZone, locale: 'ko' })).toBe(korean)
    expect(nameMoment({ at, timeZone, locale: 'en' })).toBe(label)
    expect(tellMoment({ at, timeZone, locale: 'en' })).toBe(sentence)
  })

  it('which a sentence that names that date already does not repeat', () => {
    const beside = '2026-11-29'
    expect(tellMoment({ ...seoul, beside, locale: 'ko' })).toBe('00:57')
    expect(tellMoment({ ...seoul, beside, locale: 'en' })).toBe('at 00:57')
    expect(tellMoment({ ...seoul, beside: '2026-11-28', locale: 'en' })).toBe(
      'Sun, Nov 29 at 00:57',
    )
  })

  it.each([
    ['2026-11-28T15:53:00Z', '오늘 00:57', 'today at 00:57'],
    ['2026-11-28T14:53:00Z', '11월 29일(일) 00:57', 'Sun, Nov 29 at 00:57'],
  ])('an opening at 00:57, at %s', (now, korean, english) => {
    expect(tellMoment({ ...seoul, now, locale: 'ko' })).toBe(korean)
    expect(tellMoment({ ...seoul, now, locale: 'en' })).toBe(english)
  })

  it('a seating past midnight names the night that its service began on', () => {
    const night = { ...seoul, serviceDate: '2026-11-28' }
    expect(nameMoment({ ...night, locale: 'ko' })).toBe('11월 29일(일) 00:57 (토요일 밤)')
    expect(tellMoment({ ...night, locale: 'en' })).toBe('Sun, Nov 29 at 00:57 (Saturday night)')
    expect(nameStretch({ ...night, endsAt: '2026-11-28T17:27:00Z', locale: 'ko' })).toBe(
      '11월 29일(일) 00:57–02:27 (토요일 밤)',
    )
  })

  it('a seating that ends past midnight says so', () => {
    const late = {
      at: '2026-11-28T14:30:00Z',
      endsAt: '2026-11-28T16:00:00Z',
      ...{ timeZone: 'Asia/Seoul', serviceDate: '2026-11-28' },
    }
    expect(nameStretch({ ...late, locale: 'ko' })).toBe('11월 28일(토) 23:30–다음 날 01:00')
    expect(nameStretch({ ...late, locale: 'en' })).toBe('Sat, Nov 28, 23:30–01:00 (next day)')
  })

  it('with the year in lists that reach back', () => {
    expect(nameInstant({ ...seoul, locale: 'ko' })).toBe('2026년 11월 29일(일) 00:57')
    expect(nameInstant({ ...seoul, locale: 'en' })).toBe('Sun, Nov 29, 2026, 00:57')
  })

  it('in the restaurant’s zone, wherever the reader is', () => {
    expect(formatTime(seoul)).toBe('00:57')
    expect(formatSeconds(seoul)).toBe('00:57:05')
    expect(formatTime({ at, timeZone: 'America/New_York' })).toBe('10:57')
    expect(readLocalDate(seoul)).toBe('2026-11-29')
    expect(readLocalDate({ at, timeZone: 'America/New_York' })).toBe('2026-11-28')
  })

  it.each([
    ['2026-11-01T05:30:00Z', 'America/New_York', '01:30', 'GMT-04:00'],
    ['2026-11-01T06:30:00Z', 'America/New_York', '01:30', 'GMT-05:00'],
    ['2026-09-26T13:59:00Z', 'Pacific/Auckland', '01:59', 'GMT+12:00'],
    ['2026-09-26T14:00:00Z', 'Pacific/Auckland', '03:00', 'GMT+13:00'],
  ])('across a clock change, %s in %s', (instant, timeZone, time, offset) => {
    expect(formatTime({ at: instant, timeZone })).toBe(time)
    expect(formatOffset({ at: instant, timeZone })).toBe(offset)
  })
})

describe('a calendar date has no zone', () => {
  it.each([
    [
      'ko',
      '11월 22일(일)',
      '2026년 11월 22일(일)',
      '11.22',
      '2026년 11월 22일 일요일',
      '2026년 11월',
    ],
    [
      'en',
      'Sun, Nov 22',
      'Sun, Nov 22, 2026',
      'Nov 22',
      'Sunday, November 22, 2026',
      'November 2026',
    ],
  ] as const)('%s', (locale, day, ofYear, short, full, month) => {
    const of = { date: '2026-11-22', locale }
    expect(formatDate(of)).toBe(day)
    expect(formatDateOfYear(of)).toBe(ofYear)
    expect(formatShortDate(of)).toBe(short)
    expect(formatFullDate(of)).toBe(full)
    expect(formatMonth({ month: '2026-11', locale })).toBe(month)
  })
})

it('a zone has the name people know', () => {
  const at = { at: '2026-11-22T00:00:00Z', timeZone: 'Asia/Seoul' }
  expect(formatZone({ ...at, locale: 'ko' })).toContain('표준시')
  expect(formatZone({ ...at, locale: 'en' })).toBe('Korean Standard Time')
})

it('a countdown reaches zero when its time has come, not a second before', () => {
  expect(formatLength(1)).toBe('00:00:01')
  expect(formatLength(0)).toBe('00:00:00')
  expect(formatLength(-5_000)).toBe('00:00:00')
  expect(formatLength(36 * 3_600_000 + 61_000)).toBe('36:01:01')
})
