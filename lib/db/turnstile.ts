/** The work's answer, or null when too many callers were already waiting. */
type Passed<T> = Promise<{ answer: T } | null>

/**
 * Runs `atOnce` pieces of work at a time, in order of arrival. Beyond `mostWaiting` a caller is
 * turned away at once, since its answer would come too late. Work that throws frees its place too.
 */
export function createTurnstile({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }) {
  const waiting: (() => void)[] = []
  let inside = 0
  return async function pass<T>(work: () => Promise<T>): Passed<T> {
    if (inside >= atOnce) {
      if (waiting.length >= mostWaiting) return null
      // Finished work hands its place directly to the next caller, so that no newcomer slips in
      // between.
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
