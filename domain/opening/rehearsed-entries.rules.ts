import { countArrived } from './crowd.rules'
import type { RehearsalRates, RehearsalSettings } from './rehearsal.schema'

/**
 * How many small requests' worth of a process an entry costs, and a turn with its booking, as
 * estimated from CPU ratios of the bench, rounded up.
 */
const REQUESTS_OF_ENTRY = 2
const REQUESTS_OF_TURN = 5
/** What was received before the opening may be written that much later (G14). */
const FREEZE_SECONDS = 2
const STEPS_BEFORE = 600
const STEP_AFTER_SECONDS = 0.5
/** A crowd that has not entered by then is not looked at any longer. */
const LONGEST_SECONDS = 3_600

/** Of two things that share what they need, one after the other. */
const inTurn = (rates: number[]) => 1 / rates.reduce((sum, rate) => sum + 1 / rate, 0)

/** Where the processes' own share is unknown, Postgres's is all there is. */
export const rateOfEntries = ({ entriesPerSecond, requestsPerSecond }: RehearsalRates): number =>
  inTurn([entriesPerSecond, (requestsPerSecond ?? Number.POSITIVE_INFINITY) / REQUESTS_OF_ENTRY])

export const rateOfTurns = ({ bookingsPerSecond, requestsPerSecond }: RehearsalRates): number =>
  inTurn([bookingsPerSecond, (requestsPerSecond ?? Number.POSITIVE_INFINITY) / REQUESTS_OF_TURN])

type Point = { atSeconds: number; arrived: number; entered: number }

/** How people enter, at a bounded rate and in the order in which they come. */
export interface Entering {
  points: Point[]
  inLobby: number
  /** Who came before the opening, and is not in the lobby. */
  countedLate: number
  /** How long those wait who come before it: half of them, and all but one in a hundred. */
  median: number
  most: number
  countEntered: (atSeconds: number) => number
}

export function enterAll({
  settings,
  perSecond,
}: {
  settings: RehearsalSettings
  perSecond: number
}): Entering {
  const points = queueUp({ settings, perSecond })
  const countEntered = (atSeconds: number) =>
    Math.min(countArrived({ ...settings, atSeconds }), interpolate({ points, atSeconds }))
  const early = countArrived({ ...settings, atSeconds: 0 })
  const inLobby = Math.min(early, countEntered(0) + perSecond * FREEZE_SECONDS)
  const waits = points
    .filter(({ atSeconds }) => atSeconds <= 0)
    .map(({ arrived, entered }, index) => ({
      weight: arrived - (points[index - 1]?.arrived ?? 0),
      wait: (arrived - entered) / perSecond,
    }))
    .toSorted((a, b) => a.wait - b.wait)
  return {
    points,
    countEntered,
    inLobby: Math.round(inLobby),
    countedLate: Math.max(0, Math.round(early) - Math.round(inLobby)),
    median: quantile(waits, 0.5),
    most: quantile(waits, 0.99),
  }
}

function queueUp({
  settings,
  perSecond,
}: {
  settings: RehearsalSettings
  perSecond: number
}): Point[] {
  const { people, lobbySeconds, lateSeconds } = settings
  const points: Point[] = [{ atSeconds: -lobbySeconds, arrived: 0, entered: 0 }]
  let last: Point = { atSeconds: -lobbySeconds, arrived: 0, entered: 0 }
  const isOver = () => last.atSeconds >= lateSeconds && people - last.entered < 0.5
  while (!isOver() && last.atSeconds < LONGEST_SECONDS) {
    const step = last.atSeconds < 0 ? lobbySeconds / STEPS_BEFORE : STEP_AFTER_SECONDS
    // A step ends at the opening, where many more begin to come.
    const next = last.atSeconds + step
    const atSeconds = last.atSeconds < 0 && next > -step / 2 ? 0 : next
    const arrived = countArrived({ ...settings, atSeconds })
    const entered = Math.min(arrived, last.entered + perSecond * (atSeconds - last.atSeconds))
    last = { atSeconds, arrived, entered }
    points.push(last)
  }
  return points
}

function interpolate({ points, atSeconds }: { points: Point[]; atSeconds: number }): number {
  const next = points.findIndex((point) => point.atSeconds >= atSeconds)
  if (next < 0) return points.at(-1)?.entered ?? 0
  const [to, from] = [points[next], points[next - 1]]
  if (!to || !from) return to?.entered ?? 0
  const share = (atSeconds - from.atSeconds) / (to.atSeconds - from.atSeconds)
  return from.entered + (to.entered - from.entered) * share
}

/** Of sorted waits, the one that this share of all people is spared of exceeding. */
function quantile(waits: { weight: number; wait: number }[], share: number): number {
  let left = waits.reduce((sum, { weight }) => sum + weight, 0) * share
  for (const { weight, wait } of waits) {
    left -= weight
    if (left <= 0) return wait
  }
  return waits.at(-1)?.wait ?? 0
}
