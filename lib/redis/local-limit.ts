import { LRUCache } from 'lru-cache'

/** The subjects limited most recently; a process forgets the oldest first. */
const arrivals = new LRUCache<string, number>({ max: 20_000 })

export type Limit = {
  /**
   * The limited account, address or other subject, unique among all limits, e.g.
   * `book:account:<id>`.
   */
  subject: string
  /** This many at once … */
  burst: number
  /** … and one more each time this many milliseconds pass. */
  everyMs: number
}

/**
 * GCRA (ITU-T I.371) of what this process has let through. Returns the milliseconds to wait, 0 when there
 * is room, and takes nothing.
 */
export function findLocalWaitMs(limit: Limit, nowMs = performance.now()): number {
  return Math.max(0, Math.ceil(nextArrivalMs(limit, nowMs) - limit.burst * limit.everyMs - nowMs))
}

const nextArrivalMs = ({ subject, everyMs }: Limit, nowMs: number) =>
  Math.max(arrivals.get(subject) ?? nowMs, nowMs) + everyMs

/**
 * Takes one by the same count, which while Redis is away decides alone: each process then admits
 * independently. Returns the milliseconds to wait, 0 when admitted.
 */
export function takeLocally(limit: Limit, nowMs = performance.now()): number {
  const waitMs = findLocalWaitMs(limit, nowMs)
  if (waitMs === 0) arrivals.set(limit.subject, nextArrivalMs(limit, nowMs))
  return waitMs
}
