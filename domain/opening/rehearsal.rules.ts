import { countArrived } from './crowd.rules'
import type {
  RehearsalAdvice,
  RehearsalCurves,
  RehearsalFigures,
  RehearsalRates,
  RehearsalSettings,
  Rehearsed,
} from './rehearsal.schema'
import { type Entering, enterAll, rateOfEntries, rateOfTurns } from './rehearsed-entries.rules'
import { countTurnsBy, planTurns, type Sale, sellSeats } from './rehearsed-turns.rules'

/** From an opening's instant to its draw, and how long a group of latecomers is (G14). */
export const DRAWN_AFTER_SECONDS = 8
export const COHORT_SECONDS = 20
/** At most that many points of each curve. */
export const MOST_POINTS = 120

/** How often a page asks while turns come, and how much later a phone's jitter may make it. */
const POLL_SECONDS = 3
const JITTER = 1.3
/** How old a snapshot may be. */
const SNAPSHOT_SECONDS = 1
/** Slower than this, something should be mended. */
const SLOW_ENTERING_SECONDS = 30
const SLOW_TURN_SECONDS = 2
const SLOW_KNOWING_SECONDS = 10
const LOBBY_TIMES = [2, 3, 4, 6, 8, 12, 24, 48]
const LONGEST_LOBBY_SECONDS = 7 * 24 * 3_600
/** What mends less than this is no advice. */
const WORTH_SHARE = 0.8

type Given = { settings: RehearsalSettings; rates: RehearsalRates }

/**
 * How an opening will go, as far as the settings, what the deployment takes, and a crowd like the
 * replay's tell. Deterministic: the same for the same arguments.
 */
export function rehearse({ settings, rates }: Given): Rehearsed {
  const run = runThrough({ settings, rates })
  return {
    settings,
    rates,
    figures: run.figures,
    curves: drawCurves({ settings, ...run }),
    advice: listAdvice({ settings, rates, figures: run.figures }),
  }
}

function runThrough({ settings, rates }: Given) {
  const entering = enterAll({ settings, perSecond: rateOfEntries(rates) })
  const stretches = planTurns({ settings, entering })
  const sale = sellSeats({ settings, stretches, turnsTakenPerSecond: rateOfTurns(rates) })
  const seats = settings.times.flat().reduce((sum, { count }) => sum + count, 0)
  const figures: RehearsalFigures = {
    inLobby: entering.inLobby,
    countedLate: entering.countedLate,
    enteringSeconds: { median: tenths(entering.median), most: tenths(entering.most) },
    turnWaitSeconds: tenths(sale.waitSeconds),
    soldOutSeconds: sale.soldOutSeconds === null ? null : tenths(sale.soldOutSeconds),
    allKnowSeconds: tenths(knowAll({ settings, rates, entering, sale })),
    seats,
    seatsLeft: seats - sale.soldSeconds.length,
  }
  return { entering, stretches, sale, figures }
}

const tenths = (seconds: number) => Math.round(seconds * 10) / 10

/** Sold out is told by the next poll; with seats left, each turn brings its own answer. */
function knowAll({
  settings: { people, lateSeconds },
  rates: { pollsPerSecond },
  entering,
  sale: { soldOutSeconds, endSeconds },
}: Given & { entering: Entering; sale: Sale }): number {
  const lastSeconds = Math.max(lateSeconds, endSeconds)
  if (soldOutSeconds === null) return Math.max(lastSeconds, entering.points.at(-1)?.atSeconds ?? 0)
  const pollSeconds =
    Math.max(POLL_SECONDS, people / (pollsPerSecond ?? Number.POSITIVE_INFINITY)) * JITTER
  return Math.max(lateSeconds, soldOutSeconds + SNAPSHOT_SECONDS + pollSeconds)
}

/** From so long before the opening as it lasts after it, or a minute, but at most the lobby. */
function drawCurves({
  settings,
  entering,
  stretches,
  sale,
  figures,
}: Pick<Given, 'settings'> & ReturnType<typeof runThrough>): RehearsalCurves {
  const untilSeconds = figures.allKnowSeconds
  const beforeSeconds = Math.min(settings.lobbySeconds, Math.max(60, untilSeconds))
  const stepSeconds = Math.max(1, Math.ceil((beforeSeconds + untilSeconds) / (MOST_POINTS - 2)))
  const fromSeconds = -Math.ceil(beforeSeconds / stepSeconds) * stepSeconds
  const points = Math.ceil((untilSeconds - fromSeconds) / stepSeconds) + 1
  const at = Array.from({ length: points }, (_, index) => fromSeconds + index * stepSeconds)
  const { gateSeconds } = settings
  // Nobody enters, and no turn is of use, once everything is sold.
  const end = sale.soldOutSeconds ?? Number.POSITIVE_INFINITY
  const until = (atSeconds: number) => Math.min(atSeconds, end)
  const countAt = (count: (atSeconds: number) => number) =>
    at.map((each) => Math.round(count(each)))
  return {
    fromSeconds,
    stepSeconds,
    arrived: countAt((atSeconds) => countArrived({ ...settings, atSeconds })),
    entered: countAt((atSeconds) => entering.countEntered(until(atSeconds))),
    turns: countAt((atSeconds) =>
      countTurnsBy({ stretches, gateSeconds, atSeconds: until(atSeconds) }),
    ),
    seatsLeft: countAt(
      (atSeconds) => figures.seats - sale.soldSeconds.filter((sold) => sold <= atSeconds).length,
    ),
  }
}

/** Only what the same rehearsal, with that one change, shows to help. */
function listAdvice({ settings, rates, figures }: Given & { figures: RehearsalFigures }) {
  const advice: RehearsalAdvice[] = []
  const isCrowded = figures.countedLate > 0 || figures.enteringSeconds.most > SLOW_ENTERING_SECONDS
  const isJammed = figures.turnWaitSeconds > SLOW_TURN_SECONDS
  const lobby = isCrowded && findLobby({ settings, rates, figures })
  if (lobby) advice.push(lobby)
  if (isJammed) {
    const to = roundDown(rateOfTurns(rates) * WORTH_SHARE)
    const then = runThrough({ settings: { ...settings, turnsPerSecond: to }, rates }).figures
    advice.push(compare({ kind: 'lower-rate', to, mends: 'turns', figures, then }))
  }
  const afterSoldOut = figures.allKnowSeconds - (figures.soldOutSeconds ?? figures.allKnowSeconds)
  const isSlow = isCrowded || isJammed || afterSoldOut > SLOW_KNOWING_SECONDS
  if (isSlow && rates.requestsPerSecond !== null) {
    const then = runThrough({ settings, rates: multiply(rates, 2) }).figures
    const afterwards = isJammed ? 'turns' : 'knowing'
    const mends = isCrowded ? 'entering' : afterwards
    advice.push(compare({ kind: 'more-processes', to: 2, mends, figures, then }))
  }
  return advice.filter(({ nowSeconds, thenSeconds }) => thenSeconds < nowSeconds * WORTH_SHARE)
}

/** The shortest longer lobby in which everybody who comes in time is drawn without much waiting. */
function findLobby({ settings, rates, figures }: Given & { figures: RehearsalFigures }) {
  for (const times of LOBBY_TIMES) {
    const lobbySeconds = Math.min(LONGEST_LOBBY_SECONDS, settings.lobbySeconds * times)
    const entering = enterAll({
      settings: { ...settings, lobbySeconds },
      perSecond: rateOfEntries(rates),
    })
    if (entering.countedLate > 0 || entering.most > SLOW_ENTERING_SECONDS) continue
    const then = runThrough({ settings: { ...settings, lobbySeconds }, rates }).figures
    const to = Math.ceil(lobbySeconds / 60)
    return compare({ kind: 'earlier-lobby', to, mends: 'entering', figures, then })
  }
  return null
}

const readers: Record<RehearsalAdvice['mends'], (figures: RehearsalFigures) => number> = {
  entering: ({ enteringSeconds }) => enteringSeconds.most,
  turns: ({ turnWaitSeconds }) => turnWaitSeconds,
  knowing: ({ allKnowSeconds }) => allKnowSeconds,
}

function compare({
  figures,
  then,
  ...advice
}: Pick<RehearsalAdvice, 'kind' | 'to' | 'mends'> & {
  figures: RehearsalFigures
  then: RehearsalFigures
}): RehearsalAdvice {
  const read = readers[advice.mends]
  return { ...advice, nowSeconds: read(figures), thenSeconds: read(then) }
}

function multiply(rates: RehearsalRates, times: number): RehearsalRates {
  const { requestsPerSecond, pollsPerSecond } = rates
  return {
    ...rates,
    requestsPerSecond: requestsPerSecond && requestsPerSecond * times,
    pollsPerSecond: pollsPerSecond && pollsPerSecond * times,
  }
}

/** To two digits, at least a turn a minute. */
function roundDown(perSecond: number): number {
  const unit = 10 ** (Math.floor(Math.log10(perSecond)) - 1)
  return Math.max(1 / 60, Math.floor(perSecond / unit) * unit)
}
