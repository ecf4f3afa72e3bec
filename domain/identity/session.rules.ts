/** Shorter than a minute by more than a statement takes. */
const SEEN_FOR_MS = 50_000
const MOST_SEEN = 50_000

/**
 * Which sessions were found to go on, less than a minute ago. The instants are those of one
 * process' own steady clock. Full, it forgets all and asks anew.
 */
export function createSightings() {
  const seen = new Map<string, number>()
  return {
    has: (id: string, nowMs: number) => nowMs - (seen.get(id) ?? -Infinity) < SEEN_FOR_MS,
    note: (id: string, atMs: number) => {
      if (seen.size >= MOST_SEEN) seen.clear()
      seen.set(id, atMs)
    },
  }
}
