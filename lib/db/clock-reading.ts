/** One answer with the database's time; `…AtMs` by the reader's own steady clock. */
export interface ClockReading {
  /** Milliseconds since 1970, rounded down. */
  toldMs: number
  askedAtMs: number
  heardAtMs: number
}

/** Instants are sent in whole milliseconds. */
const ROUNDING_MS = 1
/** Two clocks drift apart by less than a millisecond a second. */
const DRIFT = 0.001

export interface PhoneClock {
  /** Added to the phone's steady clock, it gives the database's time, never ahead of it. */
  offsetMs: number
  /**
   * Half the round trip plus rounding. Each server process has a reading of its own, as late as its
   * own round trip, so a turn that has come for the phone may reach the process only this much
   * later.
   */
  uncertaintyMs: number
}

/**
 * The phone's estimate of the database's clock after one more answer, which may come from a cache.
 */
export function learnPhoneClock({
  known,
  reading: { toldMs, askedAtMs, heardAtMs },
}: {
  known: PhoneClock | null
  reading: ClockReading
}): PhoneClock {
  // An answer can't be ahead of the clock it was read from, so the largest offset is the best.
  const offsetMs = toldMs - heardAtMs
  if (known && known.offsetMs >= offsetMs) return known
  return { offsetMs, uncertaintyMs: (heardAtMs - askedAtMs) / 2 + ROUNDING_MS }
}

export interface ServerClock {
  /** Added to the process's steady clock, it gives the database's time, never ahead of it. */
  offsetMs: number
  heardAtMs: number
}

/**
 * The process's estimate of the database's clock after one more answer. An answer that a busy
 * process receives late does not set the estimate back; one that shows the database's clock was set
 * back does.
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
