/** So many seconds of turns are enough for everybody who could get a seat to begin. */
const SELLING_SECONDS = 120

/**
 * A rate that fits a restaurant: everybody for whom there is a seat has their turn within the first
 * two minutes, and few enough choose at the same time that a turn is worth something. One figure
 * after the point below one, whole numbers above.
 */
export function suggestRate(slots: number): number {
  const rate = slots / SELLING_SECONDS
  return rate < 1 ? Math.max(1, Math.round(rate * 10)) / 10 : Math.round(rate)
}

/** How many turns come while the gate stands. */
export function countTurns(plan: { turnsPerSecond: number; gateMinutes: number }): number {
  return Math.floor(plan.turnsPerSecond * plan.gateMinutes * 60)
}
