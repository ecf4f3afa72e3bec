const DAY_MS = 24 * 3_600_000
/** Clocks that set themselves step back a little; one that was set back keeps nothing readable. */
const MOST_STEP_BACK_MS = 10 * 60_000

/** What a browser keeps without a network is readable for a day, by the browser's own clock. */
export function isKeptReadable({ keptAtMs, nowMs }: { keptAtMs: number; nowMs: number }): boolean {
  const ageMs = nowMs - keptAtMs
  return ageMs >= -MOST_STEP_BACK_MS && ageMs < DAY_MS
}
