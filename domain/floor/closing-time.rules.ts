import { formatWallTime } from '@/domain/schedule/rules'
import { readLocalDate } from '@/lib/i18n/moment'
import { dateAfter, findWall, isWall, readWall } from './off-plan.rules'
import type { Day } from './schema'
import type { TableClosure } from './table-closure.schema'

const HOUR_MS = 3_600_000
/** A night goes on at most so long past the day cut. */
const PAST_CUT_MS = 6 * HOUR_MS
/** What would close nearly a whole day is a slip of the finger. */
const LONGEST_MS = 18 * HOUR_MS

type DayOfBoard = Pick<Day, 'serviceDate' | 'timeZone' | 'dayCutMinutes'>

const nextOf = (day: DayOfBoard) => ({ ...day, serviceDate: dateAfter(day.serviceDate) })
const startOf = ({ serviceDate, timeZone, dayCutMinutes }: DayOfBoard) =>
  findWall({ date: serviceDate, wall: formatWallTime(dayCutMinutes), timeZone })

/** Whether an instant is between the day cut that begins a service date and the next. */
export function isOfDay({ at, day }: { at: string; day: DayOfBoard }): boolean {
  return startOf(day) <= Date.parse(at) && Date.parse(at) < startOf(nextOf(day))
}

/**
 * The times typed for a closing on a service date, ISO 8601. An end at or past the day cut, where it would
 * come before the beginning, is the next morning's. Null: one is not typed, or it would end before it
 * begins.
 */
export function readClosing({
  day,
  from,
  to,
}: {
  day: DayOfBoard
  /** 'HH:MM', as is the other. */
  from: string
  to: string
}): { from: string; to: string } | null {
  const startsAt = readWall({ day, wall: from })
  const sameDate = readWall({ day, wall: to })
  const morning = readWall({ day: nextOf(day), wall: to })
  if (startsAt === null || sameDate === null || morning === null) return null
  if (startsAt < sameDate) return { from: startsAt, to: sameDate }
  const endsMs = Date.parse(morning)
  const isNight = endsMs <= startOf(nextOf(day)) + PAST_CUT_MS
  return isNight && endsMs - Date.parse(startsAt) <= LONGEST_MS
    ? { from: startsAt, to: morning }
    : null
}

/**
 * The next instant at which the clock shows the time typed, while the closing lasts, ISO 8601. Null: none is
 * typed, or the closing is over by then.
 */
export function readReopening({
  closure: { from, to },
  wall,
  timeZone,
  nowMs,
}: {
  closure: Pick<TableClosure, 'from' | 'to'>
  wall: string
  timeZone: string
  nowMs: number
}): string | null {
  if (!isWall(wall)) return null
  const afterMs = Math.max(nowMs, Date.parse(from))
  const date = readLocalDate({ at: afterMs, timeZone })
  const endsMs = [date, dateAfter(date)]
    .map((on) => findWall({ date: on, wall: wall.slice(0, 5), timeZone }))
    .find((ms) => ms > afterMs)
  return endsMs !== undefined && endsMs < Date.parse(to) ? new Date(endsMs).toISOString() : null
}
