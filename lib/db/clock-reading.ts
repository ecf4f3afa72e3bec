/** One answer that told the database's clock; `…AtMs` by the steady clock of who asked. */
export interface ClockReading {
  /** Milliseconds since 1970, cut to whole ones. */
  toldMs: number
  askedAtMs: number
  heardAtMs: number
}

/** Instants are told in whole milliseconds. */
const ROUNDING_MS = 1
/** Two clocks drift apart by less than a millisecond a second. */
const DRIFT = 0.001

export interface ServerClock {
  /** Added to the process' steady clock it gives the database's, never ahead of it. */
  offsetMs: number
  heardAtMs: number
}

/**
 * The database's clock as a process knows it after one more answer. An answer that a busy process
 * hears late does not set it back; one that shows the database's clock set back does.
 */
export function learnServerClock({
  known,
  reading: { toldMs, askedAtMs, heardAtMs },
}: {
  known: ServerClock | null
  reading: ClockReading
}): ServerClock {
  const leastMs = toldMs - heardAtMs
  const mostMs = toldMs + ROUNDING_MS - askedAtMs
  if (!known) return { offsetMs: leastMs, heardAtMs }
  const keptMs = known.offsetMs - (heardAtMs - known.heardAtMs) * DRIFT
  return { offsetMs: keptMs <= mostMs ? Math.max(keptMs, leastMs) : leastMs, heardAtMs }
}
