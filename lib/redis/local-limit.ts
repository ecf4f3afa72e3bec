/** How many subjects are remembered; the oldest are forgotten first. */
const MOST_SUBJECTS = 20_000
const arrivals = new Map<string, number>()

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
  arrivals.delete(subject)
  arrivals.set(subject, arrivalMs)
  if (arrivals.size > MOST_SUBJECTS) {
    const oldest = arrivals.keys().next()
    if (!oldest.done) arrivals.delete(oldest.value)
  }
  return 0
}
