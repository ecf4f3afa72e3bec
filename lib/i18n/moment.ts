import type { Locale } from './locale'

/*
 * The names of days and times, for pages, mails, push and Slack; nothing else formats a date. The
 * rule is docs/decisions/0025-names-of-days.md: a wall time stands beside the calendar date it is
 * on, in the restaurant's zone.
 */

type Instant = string | number | Date
type At = { at: Instant; timeZone: string }
type Said = { locale: Locale }

const DAY_MS = 86_400_000
/** Before this hour people call it night, and by "tomorrow" mean the day that has begun. */
const MORNING = '05:00'
const nearDays: Record<Locale, readonly [string, string, string]> = {
  ko: ['어제', '오늘', '내일'],
  en: ['yesterday', 'today', 'tomorrow'],
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Cached, because creating a formatter is slow and a board shows dozens of times. */
function formatWith(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options)
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, options)
  formats.set(key, format)
  return format
}

/** The name under which the runtime lists a zone, Asia/Katmandu for Asia/Kathmandu; an unknown one as it is. */
export function nameListedZone(timeZone: string): string {
  try {
    return formatWith('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    return timeZone
  }
}

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/** '19:00' in the restaurant's zone, the same in both languages. */
export function formatTime({ at, timeZone }: At): string {
  return formatWith('en-GB', { ...clock, timeZone }).format(new Date(at))
}

/** '20:31:05', for values that are true only for a moment. */
export function formatSeconds({ at, timeZone }: At): string {
  return formatWith('en-GB', { ...clock, second: '2-digit', timeZone }).format(new Date(at))
}

/** The calendar date in the restaurant's zone, '2026-11-22'. */
export function readLocalDate({ at, timeZone }: At): string {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit', timeZone } as const
  return formatWith('en-CA', options).format(new Date(at))
}

type DateParts = Omit<Intl.DateTimeFormatOptions, 'timeZone'>
/** A calendar date has no zone: read and written in the same one, it stays what it is. */
const formatParts = ({ date, locale }: Said & { date: string }, parts: DateParts) =>
  formatWith(locale, { ...parts, timeZone: 'UTC' }).format(new Date(date))

type OfDate = Said & { date: string }

/** '11월 22일(일)', 'Sun, Nov 22'. */
export function formatDate(of: OfDate): string {
  const weekday = formatWeekday(of)
  const day = formatParts(of, { month: of.locale === 'ko' ? 'long' : 'short', day: 'numeric' })
  return of.locale === 'ko' ? `${day}(${weekday})` : `${weekday}, ${day}`
}

const joinYear = ({ date, locale }: OfDate, day: string | null) =>
  locale === 'ko' ? `${date.slice(0, 4)}년 ${day}` : `${day}, ${date.slice(0, 4)}`

/** '2026년 11월 22일(일)', 'Sun, Nov 22, 2026', where it stays to be read in other years. */
export const formatDateOfYear = (of: OfDate) => joinYear(of, formatDate(of))

/** '일', 'Sun'; in full '일요일', 'Sunday'. */
export function formatWeekday(of: OfDate, weekday: 'short' | 'long' = 'short'): string {
  return formatParts(of, { weekday })
}

/** '11.22', 'Nov 22', where a weekday stands beside it. */
export function formatShortDate(of: OfDate): string {
  return of.locale === 'ko'
    ? `${Number(of.date.slice(5, 7))}.${Number(of.date.slice(8, 10))}`
    : formatParts(of, { month: 'short', day: 'numeric' })
}

/** '2026년 11월 22일 일요일', 'Sunday, November 22, 2026'. */
export const formatFullDate = (of: OfDate) => formatParts(of, { dateStyle: 'full' })

/** '2026년 11월', 'November 2026', of '2026-11'. */
export const formatMonth = ({ month, locale }: Said & { month: string }) =>
  formatParts({ date: `${month}-01`, locale }, { year: 'numeric', month: 'long' })

const countDays = ({ from, to }: { from: string; to: string }) =>
  (Date.parse(to) - Date.parse(from)) / DAY_MS

const capitalise = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

type Now = {
  /**
   * Now, by the database's clock. Without it no day is called today: a mail and a cached page are
   * read later.
   */
  now?: Instant | undefined
}

const isNight = ({ at, timeZone }: At) => formatTime({ at, timeZone }) < MORNING

/**
 * 'today', 'tomorrow', 'yesterday' or null, of the calendar in the restaurant's zone. At night
 * only today is said, because to a guest who is still up "tomorrow" is the day that has begun.
 */
function nameNearDay({ date, now, timeZone, locale }: OfDate & Now & { timeZone: string }) {
  if (now === undefined) return null
  const ahead = countDays({ from: readLocalDate({ at: now, timeZone }), to: date })
  if (ahead !== 0 && isNight({ at: now, timeZone })) return null
  return nearDays[locale][ahead + 1] ?? null
}

/** Whether it is the night into which the service of this date runs. */
const isItsNight = ({ date, now, timeZone }: OfServiceDay) =>
  now !== undefined &&
  isNight({ at: now, timeZone }) &&
  countDays({ from: date, to: readLocalDate({ at: now, timeZone }) }) === 1

type OfServiceDay = OfDate & Now & { timeZone: string }

/**
 * A service date: its near name or null, and its date, after midnight as the night that it has
 * become: '11월 28일(토) 밤', 'Saturday night, Nov 28'.
 */
export function readServiceDay(of: OfServiceDay): { near: string | null; date: string } {
  const near = nameNearDay(of)
  if (near !== null) return { near: capitalise(near), date: formatDate(of) }
  if (!isItsNight(of)) return { near, date: formatDate(of) }
  const night = nameNight({ ...of, weekday: 'long' })
  return {
    near,
    date: of.locale === 'ko' ? `${formatDate(of)} 밤` : `${night}, ${formatShortDate(of)}`,
  }
}

/** '오늘', 'Tomorrow', '11월 30일(월)', '11월 28일(토) 밤'. */
export function nameServiceDay(of: OfServiceDay): string {
  const { near, date } = readServiceDay(of)
  return near ?? date
}

/** The same above a short date: '오늘', 'Tomorrow', '월', '토 밤'. */
export function nameDayBriefly(of: OfServiceDay): string {
  const near = nameNearDay(of)
  if (near !== null) return capitalise(near)
  return isItsNight(of) ? nameNight({ ...of, weekday: 'short' }) : formatWeekday(of)
}

const tonight: Record<Locale, string> = { ko: '오늘 밤', en: 'Tonight' }

type OfStaffDay = OfDate & {
  now: Instant
  timeZone: string
  /** The service date that runs now. */
  today: string
}

/** Whether the running service has gone on past midnight. */
export const isServiceNight = ({ now, timeZone, today }: Omit<OfStaffDay, keyof OfDate>) =>
  readLocalDate({ at: now, timeZone }) > today

/**
 * A service date as its staff call it, who count by the service that runs: past midnight it is still
 * tonight's, and the date whose calendar day has begun is tomorrow's. '오늘 밤', 'Tomorrow', or null.
 */
export function nameStaffDay({ date, locale, ...now }: OfStaffDay): string | null {
  const ahead = countDays({ from: now.today, to: date })
  if (ahead === 0 && isServiceNight(now)) return tonight[locale]
  const near = nearDays[locale][ahead + 1]
  return near === undefined ? null : capitalise(near)
}

const nameNight = ({ weekday, ...of }: OfDate & { weekday: 'short' | 'long' }) =>
  `${formatWeekday(of, weekday)} ${of.locale === 'ko' ? '밤' : 'night'}`

type Moment = At &
  Said &
  Now & {
    /** Names the night of a service that runs past midnight. */
    serviceDate?: string | undefined
    /** A date that stands beside it already and is not repeated. */
    beside?: string | undefined
    toSecond?: boolean
  }

/** A moment's day, its time, and the night it belongs to if that began the day before. */
function readMoment(moment: Moment) {
  const { at, timeZone, locale, now, serviceDate: service, beside } = moment
  const date = readLocalDate({ at, timeZone })
  const time = moment.toSecond ? formatSeconds({ at, timeZone }) : formatTime({ at, timeZone })
  const near = nameNearDay({ date, now, timeZone, locale })
  // "Tomorrow 00:30" is taken for the night after the coming one, so that has its date.
  const isPlain = time >= MORNING || near === nearDays[locale][1]
  const isLate = service !== undefined && countDays({ from: service, to: date }) === 1
  return {
    /** Null: it is named already. */
    day: date === beside ? null : (isPlain && near) || formatDate({ date, locale }),
    isNear: isPlain && near !== null,
    time,
    night: isLate ? ` (${nameNight({ date: service, locale, weekday: 'long' })})` : '',
  }
}

type Read = ReturnType<typeof readMoment>

/** A day and what happens on it, by themselves: '오늘 19:00', 'Today 19:00', 'Sun, Nov 22, 19:00'. */
function joinDay({ day, isNear, night }: Read, what: string, locale: Locale): string {
  if (day === null) return `${what}${night}`
  return `${capitalise(day)}${isNear || locale === 'ko' ? '' : ','} ${what}${night}`
}

/**
 * A moment that stands by itself: '11월 22일(일) 19:00', 'Sun, Nov 22, 19:00'; with `now` also
 * '오늘 19:00', 'Today 19:00'; past midnight of a service '11월 29일(일) 00:30 (토요일 밤)'.
 */
export function nameMoment(moment: Moment): string {
  const read = readMoment(moment)
  return joinDay(read, read.time, moment.locale)
}

/** '11월 22일(일) 19:00–20:30', 'Sun, Nov 22, 19:00–20:30'; an end after midnight says so. */
export function nameStretch({ endsAt, ...starts }: Moment & { endsAt: Instant }): string {
  const { locale, timeZone } = starts
  const read = readMoment(starts)
  const to = nameTimeOn({ at: endsAt, date: readLocalDate(starts), timeZone, locale })
  return joinDay(read, `${read.time}–${to}`, locale)
}

/**
 * A moment inside a sentence, with the preposition that English needs: '11월 29일(일) 00:57',
 * 'Sun, Nov 29 at 00:57', 'today at 19:00', 'at 00:57'.
 */
export function tellMoment(moment: Moment): string {
  const { day, time, night } = readMoment(moment)
  const when = moment.locale === 'ko' ? `${time}${night}` : `at ${time}${night}`
  return day === null ? when : `${day} ${when}`
}

/** The date of a moment whose time stands elsewhere: '11월 29일(일) (토요일 밤)'. */
export function nameDateOf(moment: Omit<Moment, 'now' | 'beside'>): string {
  const { day, night } = readMoment(moment)
  return `${day}${night}`
}

/** A time near now: '00:57', or with its date when that is not today's, or now is not known. */
export const nameTime = ({ now, ...at }: At & Said & Now & { toSecond?: boolean }) =>
  nameMoment({
    ...at,
    beside: now === undefined ? undefined : readLocalDate({ at: now, timeZone: at.timeZone }),
  })

const nextDay: Record<Locale, string> = { ko: '다음 날', en: 'next day' }

/** A time beside a date, and what marks it when it is on the one after: '다음 날', 'next day'. */
export function readTimeOn({ date, locale, ...at }: At & OfDate) {
  return { time: formatTime(at), next: readLocalDate(at) > date ? nextDay[locale] : null }
}

/** A time beside a date: '19:00', or '다음 날 00:30', '00:30 (next day)' when it is on the one after. */
export function nameTimeOn(of: At & OfDate): string {
  const { time, next } = readTimeOn(of)
  if (next === null) return time
  return of.locale === 'ko' ? `${next} ${time}` : `${time} (${next})`
}

/** A stretch beside a date; its end is marked only where its start is not. */
export function nameTimesOn({ at, endsAt, ...of }: At & OfDate & { endsAt: Instant }) {
  const date = readLocalDate({ at, timeZone: of.timeZone })
  return { from: nameTimeOn({ ...of, at }), to: nameTimeOn({ ...of, at: endsAt, date }) }
}

/** '2026년 11월 22일(일) 19:00', 'Sun, Nov 22, 2026, 19:00', for lists that reach back. */
export function nameInstant(moment: Omit<Moment, 'now' | 'beside'>): string {
  const { day, time, night } = readMoment(moment)
  const dated = joinYear({ date: readLocalDate(moment), locale: moment.locale }, day)
  return `${dated}${moment.locale === 'ko' ? '' : ','} ${time}${night}`
}

/** Whether a time zone has this name; an offset is none. */
export function isTimeZone(name: string): boolean {
  try {
    formatWith('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const zoneOf = ({ at, timeZone, locale }: At & Said, timeZoneName: 'long' | 'longOffset') =>
  formatWith(locale, { timeZone, timeZoneName })
    .formatToParts(new Date(at))
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone

/** '대한민국 표준시', 'Korean Standard Time', as the platform's language data has it. */
export const formatZone = (at: At & Said) => zoneOf(at, 'long')

/** The offset at that place and time, 'GMT+09:00'. */
export const formatOffset = (at: At) => zoneOf({ ...at, locale: 'en' }, 'longOffset')

/** A duration in hours, minutes and seconds, '00:12:34'; a negative one is '00:00:00'. */
export function formatLength(lengthMs: number): string {
  const seconds = Math.max(0, Math.ceil(lengthMs / 1000))
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
}
