/** What came of asking to pass: the work's answer, or null when too many were waiting already. */
type Passed<T> = Promise<{ answer: T } | null>

/**
 * Lets so many through at once, in the order in which they came. Beyond `mostWaiting` nobody waits:
 * they could only be told too late. Whatever the work throws, its place is given on.
 */
export function createTurnstile({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }) {
  const waiting: (() => void)[] = []
  let inside = 0
  return async function pass<T>(work: () => Promise<T>): Passed<T> {
    if (inside >= atOnce) {
      if (waiting.length >= mostWaiting) return null
      // Whoever leaves hands their place over, so that nobody slips in between.
      await new Promise<void>((enter) => waiting.push(enter))
    } else inside += 1
    try {
      return { answer: await work() }
    } finally {
      const next = waiting.shift()
      if (next) next()
      else inside -= 1
    }
  }
}
