const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 8_000

/** Doubles from a second: long enough for a train in a tunnel, and no client hammers the server. */
export function backOffMs({
  tries,
  longestMs = LONGEST_WAIT_MS,
}: {
  tries: number
  longestMs?: number
}): number {
  return Math.min(FIRST_WAIT_MS * 2 ** Math.min(tries - 1, 10), longestMs)
}

/**
 * Spreads clients that were refused together over a quarter of their wait; it never shortens one.
 */
export const spreadMs = ({ waitMs, jitter }: { waitMs: number; jitter: number }): number =>
  Math.round(waitMs * (1 + jitter / 4))
