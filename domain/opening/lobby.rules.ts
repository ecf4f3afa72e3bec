import { placeOf, readScore, toScoredBytes } from './draw.rules'
import { type EntryFacts, findLot, type OrderFacts } from './lot.rules'
import type { Opening, OpeningState } from './schema'
import { findTurnMs } from './turn.rules'

/**
 * The state of an opening at this instant of the database's clock: what its last snapshot said, and
 * what must have begun since.
 */
export function decideStage({
  opening,
  nowMs,
}: {
  opening: Pick<Opening, 'state' | 'lobbyOpensAt' | 'opensAt' | 'gateUntil'>
  nowMs: number
}): OpeningState {
  const { state } = opening
  const isPast = (at: string) => Date.parse(at) <= nowMs
  if (state === 'CANCELLED' || state === 'SOLD_OUT' || state === 'OVER') return state
  if (isPast(opening.gateUntil)) return 'OVER'
  if (state === 'OPEN' || state === 'DRAWING') return state
  if (isPast(opening.opensAt)) return 'DRAWING'
  return isPast(opening.lobbyOpensAt) ? 'LOBBY' : 'ANNOUNCED'
}

/** Pages that wait for the same instant spread their polls over this stretch after it. */
const SPREAD_MS = 800
/** How long a snapshot kept by a shared cache may lag behind what has begun. */
const OVERDUE_MS = 1_000

/**
 * How long a page waits before its next poll: the server's pace, or just after the next instant at
 * which something begins. `jitter` is between 0 and 1.
 */
export function planNextLook({
  opening,
  nowMs,
  jitter,
}: {
  opening: Pick<Opening, 'state' | 'lobbyOpensAt' | 'opensAt' | 'gateUntil' | 'pollAfterMs'>
  nowMs: number
  jitter: number
}): number {
  const pacedMs = opening.pollAfterMs * (1 + jitter / 4)
  const stage = decideStage({ opening, nowMs })
  if (stage !== opening.state) return Math.min(pacedMs, OVERDUE_MS * (1 + jitter))
  const next = { ANNOUNCED: opening.lobbyOpensAt, LOBBY: opening.opensAt, OPEN: opening.gateUntil }
  const at = stage === 'ANNOUNCED' || stage === 'LOBBY' || stage === 'OPEN' ? next[stage] : null
  if (at === null) return pacedMs
  return Math.min(pacedMs, Date.parse(at) - nowMs + SPREAD_MS * jitter)
}

export type OwnTurn = {
  /** When the turn comes, in milliseconds since 1970 by the database's clock. */
  turnMs: number
  /** When it would come had the rate not changed since the draw. */
  promisedMs: number
  /** About how many entries are ahead, of those drawn together. */
  ahead: number
  /** How many were drawn together. */
  of: number
}

/**
 * When an entry's turn comes, by the formula of G14 that anyone can compute; null before its draw.
 * `hash` is the caller's sha256: browser and server have different ones.
 */
export async function findOwnTurn({
  opening,
  entry,
  hash,
}: {
  opening: OrderFacts
  entry: EntryFacts
  hash: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>
}): Promise<OwnTurn | null> {
  const lot = findLot({ opening, entry })
  if (lot === null) return null
  const { rates, waiting } = opening
  if (lot.kind === 'come') {
    const turnMs = Date.parse(lot.from)
    return { turnMs, promisedMs: turnMs, ahead: 0, of: 0 }
  }
  const score =
    lot.kind === 'drawn'
      ? readScore(new Uint8Array(await hash(toScoredBytes({ ...lot, ...entry }))))
      : 0
  const { turnsFrom } = lot
  const place = lot.kind === 'drawn' ? placeOf({ score, entryCount: lot.entryCount }) : lot.place
  const promised = rates.filter(({ fromAt }) => Date.parse(fromAt) <= Date.parse(turnsFrom))
  const turnMs = findTurnMs({ place, rates, drawnAt: turnsFrom })
  return {
    turnMs,
    promisedMs:
      promised.length > 0 ? findTurnMs({ place, rates: promised, drawnAt: turnsFrom }) : turnMs,
    // A number counts the entry itself; a drawn place counts only what is ahead of it.
    ahead: Math.max(0, lot.kind === 'numbered' ? Math.ceil(place) - 1 : Math.floor(place)),
    of: lot.kind === 'drawn' ? lot.entryCount : waiting,
  }
}
