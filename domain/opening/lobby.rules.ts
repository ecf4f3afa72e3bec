import { placeOf, readScore, toScoredBytes } from './draw.rules'
import type { Opening, OpeningEntry, OpeningState } from './schema'
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
  /** About how many entries are ahead. */
  ahead: number
}

/**
 * When an entry's turn comes, by the formula of G14 that anyone can compute; null before the draw.
 * `hash` is the caller's sha256: browser and server have different ones.
 */
export async function findOwnTurn({
  opening: { orderSeed, drawnAt, waiting: entryCount, orderBy, rates },
  entry: { entryId, number },
  hash,
}: {
  opening: Pick<Opening, 'orderSeed' | 'drawnAt' | 'waiting' | 'orderBy' | 'rates'>
  entry: Pick<OpeningEntry, 'entryId' | 'number'>
  hash: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>
}): Promise<OwnTurn | null> {
  if (orderSeed === null || drawnAt === null) return null
  const score = async () =>
    readScore(new Uint8Array(await hash(toScoredBytes({ orderSeed, entryId }))))
  const place =
    number === null
      ? placeOf({ score: await score(), entryCount })
      : placeOf({ number, orderBy, entryCount })
  const promised = rates.filter(({ fromAt }) => Date.parse(fromAt) <= Date.parse(drawnAt))
  const turnMs = findTurnMs({ place, rates, drawnAt })
  return {
    turnMs,
    promisedMs: promised.length > 0 ? findTurnMs({ place, rates: promised, drawnAt }) : turnMs,
    // A number counts the entry itself; a drawn place counts only what is ahead of it.
    ahead: Math.max(0, number === null ? Math.floor(place) : Math.ceil(place) - 1),
  }
}
