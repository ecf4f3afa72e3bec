import type { HoursFault, HoursStretch } from './setup.schema'

const DAY_MINUTES = 1440

export function sortHours<Stretch extends HoursStretch>(hours: readonly Stretch[]): Stretch[] {
  return hours.toSorted((a, b) => a.weekday - b.weekday || a.fromMinutes - b.fromMinutes)
}

/**
 * The first thing wrong with a week. A service date lasts from one day cut to the next, and so does
 * what belongs to it: then two dates of the same restaurant can never want one table at once. Two
 * stretches may touch.
 */
export function findHoursFault({
  hours,
  dayCutMinutes,
}: {
  hours: readonly HoursStretch[]
  dayCutMinutes: number
}): HoursFault | null {
  const sorted = sortHours(hours)
  for (const [index, stretch] of sorted.entries()) {
    const before = sorted[index - 1]
    if (stretch.toMinutes <= stretch.fromMinutes) return { reason: 'hours-empty', stretch }
    if (stretch.fromMinutes < dayCutMinutes) return { reason: 'before-day-cut', stretch }
    if (stretch.toMinutes > DAY_MINUTES + dayCutMinutes)
      return { reason: 'beyond-day-cut', stretch }
    if (before?.weekday === stretch.weekday && before.toMinutes > stretch.fromMinutes)
      return { reason: 'hours-overlap', stretch }
  }
  return null
}

/**
 * What a clock on the wall says ('01:30'), as minutes of the service date: a time before the day cut
 * is the night after. Null: no time.
 */
export function readClock({
  clock,
  dayCutMinutes,
}: {
  clock: string
  dayCutMinutes: number
}): number | null {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)/.exec(clock)
  if (!match) return null
  const minutes = Number(match[1]) * 60 + Number(match[2])
  return minutes < dayCutMinutes ? minutes + DAY_MINUTES : minutes
}

/** The end that is meant by a clock: the first time it shows that after the beginning. */
export function readClosing({
  clock,
  fromMinutes,
  dayCutMinutes,
}: {
  clock: string
  fromMinutes: number
  dayCutMinutes: number
}): number | null {
  const minutes = readClock({ clock, dayCutMinutes })
  if (minutes === null || minutes > fromMinutes) return minutes
  // The same time again is no stretch at all rather than a whole day.
  return minutes === fromMinutes ? minutes : minutes + DAY_MINUTES
}

/** '01:00' for 1500. Whether that is the night after is for words to say. */
export function showClock(minutes: number): string {
  const ofDay = minutes % DAY_MINUTES
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`
}

export function isNextDay(minutes: number): boolean {
  return minutes >= DAY_MINUTES
}

/** When parties are seated in a stretch: one seating right after the other, as many as fit. */
export function listSeatingMinutes({
  fromMinutes,
  toMinutes,
  seatingMinutes,
}: Pick<HoursStretch, 'fromMinutes' | 'toMinutes'> & { seatingMinutes: number }): number[] {
  const count = Math.max(0, Math.floor((toMinutes - fromMinutes) / seatingMinutes))
  return Array.from({ length: count }, (_, index) => fromMinutes + index * seatingMinutes)
}

/** One weekday's stretches given to others, whose own are replaced. */
export function copyWeekday({
  hours,
  from,
  to,
}: {
  hours: readonly HoursStretch[]
  from: number
  to: readonly number[]
}): HoursStretch[] {
  const model = hours.filter(({ weekday }) => weekday === from)
  const rest = hours.filter(({ weekday }) => weekday === from || !to.includes(weekday))
  const copies = to
    .filter((weekday) => weekday !== from)
    .flatMap((weekday) => model.map((stretch) => ({ ...stretch, weekday })))
  return sortHours([...rest, ...copies])
}
