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
 * GCRA (ITU-T I.371) in this process's memory, while Redis is away: each process then admits
 * independently. Returns the milliseconds to wait, 0 when admitted.
 */
export function takeLocally({ subject, burst, everyMs }: Limit, nowMs = performance.now()): number {
  const arrivalMs = Math.max(arrivals.get(subject) ?? nowMs, nowMs) + everyMs
  const waitMs = arrivalMs - burst * everyMs - nowMs
  if (waitMs > 0) return Math.ceil(waitMs)
  arrivals.set(subject, arrivalMs)
  return 0
}
