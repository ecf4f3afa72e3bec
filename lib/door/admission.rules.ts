import { RANKED, type RankedClass } from './request-class.rules'

/** What a process knows of its own delay. */
export interface DoorReadings {
  /** Requests that the application works on. */
  inFlight: number
  /** Callers that wait for a connection to Postgres. */
  waiting: number
  /** How late the event loop came to everything in the last half second. */
  delayMs: number
}

/** Each is the reading that leaves no room for bookings without a turn. */
export type DoorLimits = Record<keyof DoorReadings, number>

/** From which pressure each class is refused: 1 is a reading at its limit. */
const REFUSED_FROM: Record<RankedClass, number> = { cached: 0.7, entry: 0.85, booking: 1, act: 3 }
/** A class comes back below this share of what refused it, so that the door does not flutter. */
const BACK_BELOW = 0.8

/** The worst reading as a share of its limit. */
export function measurePressure(readings: DoorReadings, limits: DoorLimits): number {
  return Math.max(
    readings.inFlight / limits.inFlight,
    // Zero is allowed: nobody may wait at all.
    readings.waiting / Math.max(1, limits.waiting),
    readings.delayMs / limits.delayMs,
  )
}

/** A process is never too slow for so many at a time. */
const LEAST_IN_FLIGHT = 64
/** So many answers make a median. */
const LEAST_ANSWERS = 20

/**
 * How many requests may be worked on from now on. What a process can do in time is seen by how long it
 * took lately: the median, which neither a few slow clients nor a few quick refusals move.
 */
export function adaptLimit({
  limit,
  most,
  tookMs,
  targetMs,
}: {
  limit: number
  most: number
  /** Of the answers since the last time, in any order. */
  tookMs: readonly number[]
  targetMs: number
}): number {
  const sorted = tookMs.toSorted((one, other) => one - other)
  const medianMs = sorted[Math.floor(sorted.length / 2)] ?? 0
  if (sorted.length < LEAST_ANSWERS || medianMs < 0.7 * targetMs)
    return Math.min(most, Math.ceil(limit * 1.25))
  if (medianMs <= targetMs) return limit
  return Math.max(Math.min(LEAST_IN_FLIGHT, most), Math.floor(limit * 0.8))
}

/** How many classes are refused, from the first on: 0 admits all. */
export function judgeLevel({ level, pressure }: { level: number; pressure: number }): number {
  const countFrom = (share: number) =>
    RANKED.filter((rank) => pressure >= REFUSED_FROM[rank] * share).length
  return Math.max(countFrom(1), Math.min(level, countFrom(BACK_BELOW)))
}

export function isRefusedAt({ level, rank }: { level: number; rank: RankedClass }): boolean {
  return RANKED.indexOf(rank) < level
}

/**
 * Whole seconds, as the header wants them, and spread: a crowd that is sent away at one instant must
 * not come back at one. The more classes are refused, the later. `random`: from 0 up to 1.
 */
export function spreadRetrySeconds({ level, random }: { level: number; random: number }): number {
  const least = 1 + Math.floor(level / 2)
  const most = 2 + 2 * level
  return least + Math.floor(random * (most - least + 1))
}
