const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 8_000

/** Doubles from a second, so that a train's tunnel is survived and nobody hammers. */
export function backOffMs({
  tries,
  longestMs = LONGEST_WAIT_MS,
}: {
  tries: number
  longestMs?: number
}): number {
  return Math.min(FIRST_WAIT_MS * 2 ** Math.min(tries - 1, 10), longestMs)
}

/** Spreads those who were turned away together over a quarter of their wait; it never shortens it. */
export const spreadMs = ({ waitMs, jitter }: { waitMs: number; jitter: number }): number =>
  Math.round(waitMs * (1 + jitter / 4))
