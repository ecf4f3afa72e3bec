import type { OpeningRate } from './schema'

/** How long a turn lasts once a diner takes it. */
export const TURN_MINUTES = 5

/** The rates in the order they apply; the first applies from the draw on, whenever it was set. */
function stretchesOf({ rates, drawnAtMs }: { rates: OpeningRate[]; drawnAtMs: number }) {
  const sorted = rates
    .map(({ fromAt, turnsPerSecond }) => ({ fromMs: Date.parse(fromAt), turnsPerSecond }))
    .toSorted((a, b) => a.fromMs - b.fromMs)
  const before = sorted.filter(({ fromMs }) => fromMs <= drawnAtMs).at(-1) ?? sorted[0]
  const after = sorted.filter(({ fromMs }) => fromMs > drawnAtMs && before?.fromMs !== fromMs)
  return before ? [{ ...before, fromMs: drawnAtMs }, ...after] : []
}

/**
 * When a turn comes, in milliseconds since 1970 by the database's clock: the first whole
 * millisecond by which as many turns have begun since the draw as there are entries ahead of this
 * place (`place ≤ Σ rate × seconds`, G14). The rate may have changed on the way.
 */
export function findTurnMs({
  place,
  rates,
  drawnAt,
}: {
  place: number
  rates: OpeningRate[]
  /** ISO 8601. */
  drawnAt: string
}): number {
  const stretches = stretchesOf({ rates, drawnAtMs: Date.parse(drawnAt) })
  let begun = 0
  for (const [index, { fromMs, turnsPerSecond }] of stretches.entries()) {
    const next = stretches[index + 1]
    const turnMs = fromMs + Math.ceil(((place - begun) / turnsPerSecond) * 1000)
    if (!next || turnMs <= next.fromMs) return Math.max(turnMs, fromMs)
    begun += ((next.fromMs - fromMs) / 1000) * turnsPerSecond
  }
  return Number.POSITIVE_INFINITY
}
