import { makeDice, PARTIES, pick } from './crowd.rules'
import type { RehearsalSettings } from './rehearsal.schema'
import type { Entering } from './rehearsed-entries.rules'

/** From a turn to its booking: the crowd knows what it wants, as the replay's does. */
const CHOOSING_SECONDS = 0.3
/**
 * How much longer the last seat takes: boards are up to three seconds old on their way through a
 * cache, so that parties try for seats just gone and look again.
 */
const LAST_SEAT_SECONDS = 3
/** The sizes of parties and their order are drawn that often; the middle one counts. */
const DRAWS = 9
/** Latecomers who are not drawn follow in their order; so many seconds of them are one stretch. */
const NUMBERED_SECONDS = 20

/** Turns that come evenly, from an instant on. */
type Stretch = { fromSeconds: number; count: number; perSecond: number }

/** When turns come: the lobby's from the draw on, then those of the groups of latecomers. */
export function planTurns({
  settings,
  entering,
}: {
  settings: RehearsalSettings
  entering: Entering
}): Stretch[] {
  const { turnsPerSecond: perSecond, drawnAfterSeconds, cohortSeconds, people } = settings
  const { inLobby, countEntered, points } = entering
  const stretches: Stretch[] = [{ fromSeconds: drawnAfterSeconds, count: inLobby, perSecond }]
  let endSeconds = drawnAfterSeconds + inLobby / perSecond
  const lastSeconds = points.at(-1)?.atSeconds ?? 0
  const groupSeconds = cohortSeconds ?? NUMBERED_SECONDS
  let counted = inLobby
  for (let fromSeconds = 0; fromSeconds <= lastSeconds; fromSeconds += groupSeconds) {
    const toSeconds = fromSeconds + groupSeconds
    const isLast = toSeconds > lastSeconds
    const entered = isLast ? people : Math.max(counted, Math.round(countEntered(toSeconds)))
    const count = Math.max(0, entered - counted)
    counted += count
    // Once every drawn turn has come, a diner who enters books at once: nobody waits for a draw.
    const isDrawn = cohortSeconds !== null && endSeconds > fromSeconds
    const readySeconds = isDrawn ? toSeconds + drawnAfterSeconds : fromSeconds
    const startSeconds = Math.max(endSeconds, readySeconds)
    if (count > 0) stretches.push({ fromSeconds: startSeconds, count, perSecond })
    if (count > 0) endSeconds = startSeconds + count / perSecond
  }
  return stretches
}

/** When the gate is taken down everybody else comes at once. */
function* listTurns({
  stretches,
  gateSeconds,
}: {
  stretches: Stretch[]
  gateSeconds: number
}): Generator<number> {
  for (const { fromSeconds, count, perSecond } of stretches)
    for (let turn = 1; turn <= count; turn += 1)
      yield Math.min(gateSeconds, fromSeconds + turn / perSecond)
}

/** How many turns have come. */
export function countTurnsBy({
  stretches,
  gateSeconds,
  atSeconds,
}: {
  stretches: Stretch[]
  gateSeconds: number
  atSeconds: number
}): number {
  return stretches.reduce((sum, { fromSeconds, count, perSecond }) => {
    const begun = atSeconds >= gateSeconds ? count : (atSeconds - fromSeconds) * perSecond
    return sum + Math.min(count, Math.max(0, Math.floor(begun)))
  }, 0)
}

export interface Sale {
  /** When each seat was sold, in order. */
  soldSeconds: number[]
  /** Null: seats are left. */
  soldOutSeconds: number | null
  /** When the last turn that was looked at got its answer. */
  endSeconds: number
  /** How long a turn waits for its answer, for all but one in a hundred. */
  waitSeconds: number
}

type Seats = RehearsalSettings['times'][number][number]

/** Sells the seats to parties whose turns come, as often as the sizes are drawn; the middle sale. */
export function sellSeats(given: {
  settings: RehearsalSettings
  stretches: Stretch[]
  turnsTakenPerSecond: number
}): Sale {
  const sales = Array.from({ length: DRAWS }, (_, seed) => sellOnce({ ...given, seed }))
  const endOf = ({ soldOutSeconds }: Sale) => soldOutSeconds ?? Number.MAX_VALUE
  const [middle] = sales.toSorted((a, b) => endOf(a) - endOf(b)).slice(Math.floor(DRAWS / 2))
  if (!middle) throw new Error('nothing was sold')
  return middle
}

function sellOnce({
  settings: { times, gateSeconds },
  stretches,
  turnsTakenPerSecond,
  seed,
}: {
  settings: RehearsalSettings
  stretches: Stretch[]
  turnsTakenPerSecond: number
  seed: number
}): Sale {
  const roll = makeDice(seed)
  const left = times.map((seats) => seats.map((each) => ({ ...each })))
  const countLeft = (seats: Seats[]) => seats.reduce((sum, { count }) => sum + count, 0)
  // What no party of this crowd fits stays free, however many turns come.
  let sellable = countLeft(left.flat().filter(isForCrowd))
  const soldSeconds: number[] = []
  const waits: number[] = []
  let answeredSeconds = 0
  for (const turnSeconds of listTurns({ stretches, gateSeconds })) {
    if (sellable === 0) break
    const chosenSeconds = turnSeconds + CHOOSING_SECONDS
    answeredSeconds = Math.max(chosenSeconds, answeredSeconds + 1 / turnsTakenPerSecond)
    waits.push(answeredSeconds - chosenSeconds)
    const seat = chooseSeat({ left, partySize: pick(PARTIES, roll()) ?? 2, roll })
    if (!seat) continue
    seat.count -= 1
    sellable -= 1
    if (sellable === 0) answeredSeconds += LAST_SEAT_SECONDS
    soldSeconds.push(answeredSeconds)
  }
  const isSoldOut = countLeft(left.flat()) === 0
  const last = stretches.at(-1)
  const lastSeconds = last ? last.fromSeconds + last.count / last.perSecond + CHOOSING_SECONDS : 0
  return {
    soldSeconds,
    soldOutSeconds: isSoldOut ? answeredSeconds : null,
    endSeconds: isSoldOut ? answeredSeconds : Math.max(answeredSeconds, lastSeconds),
    waitSeconds: waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.99)] ?? 0,
  }
}

const fits = ({ minParty, maxParty }: Seats, partySize: number) =>
  minParty <= partySize && partySize <= maxParty
const isForCrowd = (seats: Seats) => PARTIES.some(([, partySize]) => fits(seats, partySize))

/** At any of the times with a free table that fits, the smallest one. */
function chooseSeat({
  left,
  partySize,
  roll,
}: {
  left: Seats[][]
  partySize: number
  roll: () => number
}): Seats | null {
  const fitting = left
    .map((seats) => seats.filter((each) => each.count > 0 && fits(each, partySize)))
    .filter((seats) => seats.length > 0)
  const seats = fitting[Math.floor(roll() * fitting.length)] ?? []
  const [best] = seats.toSorted((a, b) => a.maxParty - b.maxParty || b.minParty - a.minParty)
  return best ?? null
}
