import type { HoursFault, HoursStretch } from './setup.schema'

const DAY_MINUTES = 1440

export function sortHours<Stretch extends HoursStretch>(hours: readonly Stretch[]): Stretch[] {
  return hours.toSorted((a, b) => a.weekday - b.weekday || a.fromMinutes - b.fromMinutes)
}

/**
 * The first fault in a week. A service date, with everything on it, lasts from one day cut to the
 * next, so that two dates of one restaurant never claim the same table at once. Two stretches may
 * touch.
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
 * A wall clock time ('01:30') as minutes of the service date: a time before the day cut belongs to
 * the night after. Null: not a time.
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

/** The closing time a clock time means: its first occurrence after opening. */
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
  // The same time again means an empty stretch rather than a whole day.
  return minutes === fromMinutes ? minutes : minutes + DAY_MINUTES
}

/** '01:00' for 1500. The caller's wording says whether that is the night after. */
export function showClock(minutes: number): string {
  const ofDay = minutes % DAY_MINUTES
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`
}

export function isNextDay(minutes: number): boolean {
  return minutes >= DAY_MINUTES
}

/** The seating times in a stretch: back to back, as many as fit. */
export function listSeatingMinutes({
  fromMinutes,
  toMinutes,
  seatingMinutes,
}: Pick<HoursStretch, 'fromMinutes' | 'toMinutes'> & { seatingMinutes: number }): number[] {
  const count = Math.max(0, Math.floor((toMinutes - fromMinutes) / seatingMinutes))
  return Array.from({ length: count }, (_, index) => fromMinutes + index * seatingMinutes)
}

/** Copies one weekday's stretches to others, replacing theirs. */
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
