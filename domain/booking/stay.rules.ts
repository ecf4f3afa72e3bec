import { addDays, findInstant, formatWallTime } from '@/domain/schedule/rules'
import { type Result, refuse, succeed } from '@/lib/problems/result'

const MINUTE_MS = 60_000

/** What a date allows a stay off the plan. */
export type StayDate = {
  serviceDate: string
  timeZone: string
  dayCutMinutes: number
  /** The stretches in which the restaurant is open, in wall minutes of the date. */
  hours: { fromMinutes: number; toMinutes: number }[]
  /** By the database's clock. */
  now: Date
}

export type StayRefusal = 'no-such-time' | 'beyond-day-cut' | 'past-time' | 'outside-hours'

/** The instants between which a service date lies. */
function boundsOf({ serviceDate, timeZone, dayCutMinutes }: StayDate) {
  const cut = { wallTime: formatWallTime(dayCutMinutes), timeZone }
  const nextDate = addDays({ date: serviceDate, days: 1 })
  return {
    from: findInstant({ ...cut, serviceDate }).at,
    to: findInstant({ ...cut, serviceDate: nextDate }).at,
  }
}

/** When a service date ends. */
export const endOfDay = (date: StayDate) => boundsOf(date).to

/** The minute that is running has not passed: staff write down what they are just doing. */
const isPast = ({ startsAt, now }: { startsAt: Date; now: Date }) =>
  startsAt.getTime() < Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS

/**
 * Whether staff may give a party this time of their own choice. Refuses `no-such-time` (it begins within
 * a minute, or on another date), `beyond-day-cut`, `past-time` (over, or begun before now) and, unless staff insist,
 * `outside-hours`. A party that has its place already may stay longer or shorter once it has begun.
 */
export function judgeStay({
  startsAt,
  endsAt,
  keepsStart = false,
  insists,
  ...date
}: StayDate & {
  startsAt: Date
  endsAt: Date
  /** It begins when the party's present time does. */
  keepsStart?: boolean
  insists: boolean
}): Result<null, StayRefusal> {
  const day = boundsOf(date)
  if (!keepsStart && startsAt.getTime() % MINUTE_MS !== 0) return refuse('no-such-time')
  if (startsAt < day.from || startsAt >= day.to) return refuse('no-such-time')
  if (endsAt > day.to) return refuse('beyond-day-cut')
  const { now } = date
  if (endsAt <= now || (!keepsStart && isPast({ startsAt, now }))) return refuse('past-time')
  return insists || isWithinHours({ ...date, startsAt, endsAt })
    ? succeed(null)
    : refuse('outside-hours')
}

function isWithinHours({
  serviceDate,
  timeZone,
  hours,
  startsAt,
  endsAt,
}: StayDate & { startsAt: Date; endsAt: Date }): boolean {
  const at = (minutes: number) =>
    findInstant({ serviceDate, timeZone, wallTime: formatWallTime(minutes) }).at
  return hours.some(
    ({ fromMinutes, toMinutes }) => at(fromMinutes) <= startsAt && endsAt <= at(toMinutes),
  )
}
