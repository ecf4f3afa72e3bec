import { type Result, refuse, succeed } from '@/lib/problems/result'
import { countWallMinutes, findInstant } from './rules'
import type { ServiceDate, WallTime } from './types'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440
const SHORTEST_MINUTES = 15
const LONGEST_MINUTES = 12 * 60

type Stretch = { startsAt: Date; endsAt: Date }

/**
 * The instants of a slot whose times are changed by hand; an omitted time is unchanged. Refuses
 * `invalid` (shorter than a quarter of an hour, longer than twelve hours, or a time that the clock
 * skips that night), `before-day-cut` and `beyond-day-cut`, as for hours.
 */
export function placeByHand({
  slot,
  from,
  to,
  ...day
}: {
  slot: Stretch
  serviceDate: ServiceDate
  timeZone: string
  dayCutMinutes: number
  from?: WallTime | undefined
  to?: WallTime | undefined
}): Result<Stretch, 'invalid' | 'before-day-cut' | 'beyond-day-cut'> {
  const start = from === undefined ? null : findInstant({ ...day, wallTime: from })
  const end = to === undefined ? null : findInstant({ ...day, wallTime: to })
  const startsAt = start?.at ?? slot.startsAt
  const endsAt = end?.at ?? slot.endsAt
  const minutes = (endsAt.getTime() - startsAt.getTime()) / MINUTE_MS
  if (start?.exists === false) return refuseField('from')
  if (end?.exists === false || minutes < SHORTEST_MINUTES || minutes > LONGEST_MINUTES)
    return refuseField('to')
  if (from !== undefined && countWallMinutes(from) < day.dayCutMinutes)
    return refuse('before-day-cut')
  if (to !== undefined && countWallMinutes(to) > DAY_MINUTES + day.dayCutMinutes)
    return refuse('beyond-day-cut')
  return succeed({ startsAt, endsAt })
}

const refuseField = (field: string) => refuse('invalid', { fields: [{ field, code: 'custom' }] })
