import { Temporal } from 'temporal-polyfill'
import type {
  LeftOutSeating,
  PlannedSlot,
  SeatedTable,
  ServiceDate,
  SlotPlan,
  WallTime,
} from './types'

/**
 * The service date at an instant: the calendar date, in the restaurant's zone, of (wall time − day
 * cut). The minutes are subtracted from wall time, not elapsed time, so that the day is cut at the
 * same hour on the night of a clock change. The SQL function `service_date_at` computes the same
 * and is authoritative; this one is for planning and display.
 */
export function todayOf(asked: {
  now: Date
  timeZone: string
  dayCutMinutes: number
}): ServiceDate {
  return Temporal.Instant.fromEpochMilliseconds(asked.now.getTime())
    .toZonedDateTimeISO(asked.timeZone)
    .toPlainDateTime()
    .subtract({ minutes: asked.dayCutMinutes })
    .toPlainDate()
    .toString()
}

export function addDays({ date, days }: { date: ServiceDate; days: number }): ServiceDate {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** Minutes since the midnight on which the service date begins: '25:30' is 1530. */
export function countWallMinutes(wallTime: WallTime): number {
  const [hours = Number.NaN, minutes = Number.NaN] = wallTime.split(':').map(Number)
  return hours * 60 + minutes
}

export function formatWallTime(wallMinutes: number): WallTime {
  const hours = Math.floor(wallMinutes / 60)
  return `${String(hours).padStart(2, '0')}:${String(wallMinutes % 60).padStart(2, '0')}`
}

/** The reverse: an instant as wall minutes of a service date. Seconds are dropped. */
export function countWallMinutesAt(asked: {
  at: Date
  serviceDate: ServiceDate
  timeZone: string
}): number {
  const midnight = Temporal.PlainDate.from(asked.serviceDate).toPlainDateTime()
  const wall = Temporal.Instant.fromEpochMilliseconds(asked.at.getTime())
    .toZonedDateTimeISO(asked.timeZone)
    .toPlainDateTime()
  return Math.floor(midnight.until(wall, { largestUnit: 'minutes' }).total('minutes'))
}

/**
 * The instant of a wall time. On the night of a clock change, a time that comes twice means its
 * first occurrence, and a skipped time gives the instant as far behind the gap, with `exists:
 * false`.
 */
export function findInstant(asked: {
  serviceDate: ServiceDate
  wallTime: WallTime
  timeZone: string
}): { at: Date; exists: boolean } {
  const wall = Temporal.PlainDate.from(asked.serviceDate)
    .toPlainDateTime()
    .add({ minutes: countWallMinutes(asked.wallTime) })
  const zoned = wall.toZonedDateTime(asked.timeZone, { disambiguation: 'compatible' })
  return {
    at: new Date(zoned.epochMilliseconds),
    exists: zoned.toPlainDateTime().equals(wall),
  }
}

/** The seatings that fit between opening and closing, back to back. */
export function spreadSeatings(asked: { hours: Hours; seatingMinutes: number }): WallTime[] {
  const closing = countWallMinutes(asked.hours.to)
  const seatings: WallTime[] = []
  let start = countWallMinutes(asked.hours.from)
  while (start + asked.seatingMinutes <= closing) {
    seatings.push(formatWallTime(start))
    start += asked.seatingMinutes
  }
  return seatings
}

/**
 * The slots of a service date: every table at every seating, or as many seatings as fit into each
 * stretch of hours. All of them belong to `serviceDate`, including those past midnight.
 *
 * A seating lasts `seatingMinutes` of real time, even across a clock change. When clocks go
 * forward, a seating is left out (and named) if its time does not exist, if the previous one still
 * occupies the table, or if it would end after closing; the earlier party keeps its full time. When
 * they go back, a time that comes twice means its first occurrence, and the table is free for the
 * extra hour. So slots of one table never overlap, but they may touch.
 *
 * Seatings closer together than `seatingMinutes` on an ordinary day are refused:
 * `seatings-overlap`.
 */
export function planSlots(
  asked: {
    serviceDate: ServiceDate
    timeZone: string
    tables: readonly SeatedTable[]
    seatingMinutes: number
  } & ({ seatings: readonly WallTime[] } | { hours: readonly Hours[] }),
): SlotPlan {
  const seatings = 'hours' in asked ? seatHours(asked) : seatAnywhen(asked.seatings)
  const overlap = findOverlap({ seatings, seatingMinutes: asked.seatingMinutes })
  if (overlap) {
    return { ok: false, reason: 'seatings-overlap', wallTimes: overlap }
  }
  const { stretches, leftOut } = placeSeatings({ ...asked, seatings })
  const slots = asked.tables.flatMap((table) =>
    stretches.map(
      (stretch): PlannedSlot => ({
        tableId: table.id,
        ...stretch,
        minParty: table.minParty,
        maxParty: table.maxParty,
      }),
    ),
  )
  return { ok: true, slots, leftOut }
}

type Hours = { from: WallTime; to: WallTime }
/** `closesAt` null: no closing time limits it. */
type Seating = { wallTime: WallTime; closesAt: Date | null }

function seatAnywhen(wallTimes: readonly WallTime[]): Seating[] {
  return wallTimes.toSorted().map((wallTime) => ({ wallTime, closesAt: null }))
}

function seatHours({
  hours,
  ...asked
}: {
  serviceDate: ServiceDate
  timeZone: string
  seatingMinutes: number
  hours: readonly Hours[]
}): Seating[] {
  return hours
    .toSorted((a, b) => countWallMinutes(a.from) - countWallMinutes(b.from))
    .flatMap((stretch) => {
      const closesAt = findInstant({ ...asked, wallTime: stretch.to }).at
      return spreadSeatings({ ...asked, hours: stretch }).map((wallTime) => ({
        wallTime,
        closesAt,
      }))
    })
}

function findOverlap(asked: {
  seatings: readonly Seating[]
  seatingMinutes: number
}): [WallTime, WallTime] | null {
  for (const [index, { wallTime: later }] of asked.seatings.entries()) {
    const earlier = asked.seatings[index - 1]?.wallTime
    if (
      earlier !== undefined &&
      countWallMinutes(later) - countWallMinutes(earlier) < asked.seatingMinutes
    ) {
      return [earlier, later]
    }
  }
  return null
}

function placeSeatings(asked: {
  serviceDate: ServiceDate
  timeZone: string
  seatings: readonly Seating[]
  seatingMinutes: number
}): { stretches: { startsAt: Date; endsAt: Date }[]; leftOut: LeftOutSeating[] } {
  const stretches: { startsAt: Date; endsAt: Date }[] = []
  const leftOut: LeftOutSeating[] = []
  for (const { wallTime, closesAt } of asked.seatings) {
    const { at: startsAt, exists } = findInstant({ ...asked, wallTime })
    const endsAt = new Date(startsAt.getTime() + asked.seatingMinutes * 60_000)
    const previous = stretches.at(-1)
    if (!exists) {
      leftOut.push({ wallTime, reason: 'time-does-not-exist' })
    } else if (previous && startsAt < previous.endsAt) {
      leftOut.push({ wallTime, reason: 'previous-still-seated' })
    } else if (closesAt && endsAt > closesAt) {
      leftOut.push({ wallTime, reason: 'ends-after-closing' })
    } else {
      stretches.push({ startsAt, endsAt })
    }
  }
  return { stretches, leftOut }
}
