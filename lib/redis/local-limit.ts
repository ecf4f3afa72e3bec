import { LRUCache } from 'lru-cache'

/** The subjects limited last; a process forgets the oldest first. */
const arrivals = new LRUCache<string, number>({ max: 20_000 })

export type Limit = {
  /** Who or what is limited, unique among all limits, e.g. `book:account:<id>`. */
  subject: string
  /** So many at once … */
  burst: number
  /** … and one more after each so many milliseconds. */
  everyMs: number
}

/**
 * GCRA (ITU-T I.371) in this process' memory, for the time Redis is away: each process then
 * admits on its own account. Returns the milliseconds to wait, 0 when admitted.
 */
export function takeLocally({ subject, burst, everyMs }: Limit, nowMs = performance.now()): number {
  const arrivalMs = Math.max(arrivals.get(subject) ?? nowMs, nowMs) + everyMs
  const waitMs = arrivalMs - burst * everyMs - nowMs
  if (waitMs > 0) return Math.ceil(waitMs)
  arrivals.set(subject, arrivalMs)
  return 0
}
