import type { Closure, Hours } from './types'

const DAY_MINUTES = 1_440
const DAY_MS = 86_400_000
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]

/** '01:00' of the next day; the midnight that ends a day is '24:00' of the same day. */
export function readWallTime(minutes: number): { time: string; isNextDay: boolean } {
  const isNextDay = minutes > DAY_MINUTES
  const ofDay = isNextDay ? minutes - DAY_MINUTES : minutes
  const [hour, minute] = [Math.floor(ofDay / 60), ofDay % 60]
  return { time: [hour, minute].map((part) => String(part).padStart(2, '0')).join(':'), isNextDay }
}

/** Consecutive days with the same hours, grouped, Monday first; without hours: a day off. */
export function groupWeek(hours: readonly Hours[]): { weekdays: number[]; stretches: Hours[] }[] {
  const groups: { weekdays: number[]; stretches: Hours[] }[] = []
  for (const weekday of WEEKDAYS) {
    const stretches = listStretches({ hours, weekday })
    const last = groups.at(-1)
    if (last && tell(last.stretches) === tell(stretches)) last.weekdays.push(weekday)
    else groups.push({ weekdays: [weekday], stretches })
  }
  return groups
}

function listStretches({ hours, weekday }: { hours: readonly Hours[]; weekday: number }): Hours[] {
  return hours
    .filter((stretch) => stretch.weekday === weekday)
    .toSorted((one, other) => one.fromMinutes - other.fromMinutes)
}

const tell = (stretches: Hours[]) =>
  stretches.map(({ fromMinutes, toMinutes }) => `${fromMinutes}-${toMinutes}`).join()

/** ISO 8601: 1 is Monday, 7 is Sunday. */
export function readWeekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7
}

/** The hours of the day that counts, which after midnight may be the one before. */
type OfDay = { stretches: Hours[]; date: string }

export type OpenNow =
  | { state: 'open'; untilMinutes: number }
  /** Opens later on this day, either for the first time or after a break. */
  | { state: 'before' | 'break'; fromMinutes: number }
  | { state: 'over' }
  | { state: 'off' }

/**
 * Whether a restaurant is open at an instant, given in wall time, and the hours of that day. After
 * midnight, for as long as the previous evening lasts, the day is still that one.
 */
export function readOpenNow({
  hours,
  closures,
  date,
  minutes,
}: {
  hours: readonly Hours[]
  closures: readonly Pick<Closure, 'date'>[]
  /** The calendar date on the restaurant's wall. */
  date: string
  /** Minutes since its midnight. */
  minutes: number
}): OpenNow & OfDay {
  const ofDate = (asked: string) =>
    closures.some((closure) => closure.date === asked)
      ? []
      : listStretches({ hours, weekday: readWeekday(asked) })
  const dayBefore = new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 10)
  const night = decide({ stretches: ofDate(dayBefore), minutes: minutes + DAY_MINUTES })
  if (night.state === 'open')
    return { ...night, untilMinutes: night.untilMinutes - DAY_MINUTES, date: dayBefore }
  return { ...decide({ stretches: ofDate(date), minutes }), date }
}

function decide({
  stretches,
  minutes,
}: {
  stretches: Hours[]
  minutes: number
}): OpenNow & { stretches: Hours[] } {
  const now = stretches.find((it) => it.fromMinutes <= minutes && minutes < it.toMinutes)
  if (now) return { state: 'open', untilMinutes: now.toMinutes, stretches }
  const next = stretches.find((it) => minutes < it.fromMinutes)
  if (next)
    return {
      state: next === stretches[0] ? 'before' : 'break',
      fromMinutes: next.fromMinutes,
      stretches,
    }
  return { state: stretches.length > 0 ? 'over' : 'off', stretches }
}
