type Seen = { untilMs: number; unwritten: number }

/**
 * Lets one of many equal events through per interval, with the number of those before it that were
 * not let through; so nobody fills the log. `most` bounds the memory: beyond it the oldest key is
 * forgotten, and its next event is let through.
 */
export function createThinning({ everyMs, most }: { everyMs: number; most: number }) {
  const seen = new Map<string, Seen>()

  /** Null: this one is only counted. */
  return ({ key, nowMs }: { key: string; nowMs: number }): { unwritten: number } | null => {
    const before = seen.get(key)
    if (before && nowMs < before.untilMs) {
      before.unwritten++
      return null
    }
    seen.delete(key)
    seen.set(key, { untilMs: nowMs + everyMs, unwritten: 0 })
    const [oldest] = seen.keys()
    if (seen.size > most && oldest !== undefined) seen.delete(oldest)
    return { unwritten: before?.unwritten ?? 0 }
  }
}
