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

export interface PhoneClock {
  /** Added to the phone's steady clock it gives the database's, never ahead of it. */
  offsetMs: number
  /**
   * Half the round trip, and the rounding. Each process of the server has a reading of its own, as
   * late as its way to the database: what has come for the phone may not have come for the process
   * until this has passed, too.
   */
  uncertaintyMs: number
}

/** The database's clock as a phone knows it after one more answer, which a cache may have kept. */
export function learnPhoneClock({
  known,
  reading: { toldMs, askedAtMs, heardAtMs },
}: {
  known: PhoneClock | null
  reading: ClockReading
}): PhoneClock {
  // What was told cannot be ahead of the clock it was read from, so the largest offset is the best.
  const offsetMs = toldMs - heardAtMs
  if (known && known.offsetMs >= offsetMs) return known
  return { offsetMs, uncertaintyMs: (heardAtMs - askedAtMs) / 2 + ROUNDING_MS }
}

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
