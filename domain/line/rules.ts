import { type Result, refuse, succeed } from '@/lib/problems/result'
import type { LineEntry, TicketAct, TicketActor, TicketStatus } from './types'

/** How long a party has to come after the last call. */
export const LAST_CALL_MINUTES = 10
export const MOST_POSTPONEMENTS = 2
/** How long before the restaurant's hours its line may begin to take parties. */
export const MOST_BEFORE_MINUTES = 240

type Move = { from: TicketStatus[]; to: TicketStatus; by: TicketActor[] }

const staff: TicketActor[] = ['OWNER', 'STAFF', 'ADMIN']
const active: TicketStatus[] = ['WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED']

/** Every allowed move. A move not listed here is refused and changes nothing (G11). */
const moves: Record<TicketAct, Move> = {
  POSTPONE: { from: ['WAITING', 'POSTPONED'], to: 'POSTPONED', by: ['DINER'] },
  CALL: { from: ['WAITING', 'POSTPONED'], to: 'CALLED', by: staff },
  LAST_CALL: { from: ['WAITING', 'POSTPONED', 'CALLED'], to: 'LAST_CALLED', by: staff },
  SEAT: { from: active, to: 'SEATED', by: staff },
  CANCEL: { from: active, to: 'CANCELLED', by: ['DINER', ...staff] },
  PUT_BACK: { from: ['LAPSED'], to: 'WAITING', by: staff },
}

/** The status an act leads to. */
export const outcomeOf = (act: TicketAct): TicketStatus => moves[act].to

/** Whether a ticket of this status has a place in the line. */
export function isActive(status: TicketStatus): boolean {
  return active.includes(status)
}

/** The status an act leads to, or `cannot-move` with the status that prevents it. */
export function decideMove({
  status,
  act,
  by,
}: {
  status: TicketStatus
  act: TicketAct
  by: TicketActor
}): Result<TicketStatus, 'cannot-move'> {
  const move = moves[act]
  return move.from.includes(status) && move.by.includes(by)
    ? succeed(move.to)
    : refuse('cannot-move', { present: status })
}

/** The acts this actor has from a status, for buttons. */
export function listActs({ status, by }: { status: TicketStatus; by: TicketActor }): TicketAct[] {
  return (Object.keys(moves) as TicketAct[]).filter((act) => decideMove({ status, act, by }).ok)
}

/** The two tickets between which a ticket moves. `before` null: the end of the line. */
export type Gap = { after: LineEntry; before: LineEntry | null }

/**
 * The gap for a party that goes behind `behindNumber`: right behind it, and behind parties that
 * went there before (G10). `line` is every ticket of the date in its order: ended tickets keep
 * their place, because an undo may bring them back.
 *
 * Refuses `behind-oneself`, `behind-ended` (no longer in line, or never was), `behind-earlier`.
 */
export function findGapBehind({
  line,
  ownNumber,
  behindNumber,
}: {
  line: LineEntry[]
  ownNumber: number
  behindNumber: number
}): Result<Gap, 'behind-oneself' | 'behind-earlier' | 'behind-ended'> {
  if (behindNumber === ownNumber) return refuse('behind-oneself')
  const at = line.findIndex(({ number }) => number === behindNumber)
  const named = line[at]
  if (!named || !isActive(named.status)) return refuse('behind-ended')
  if (at < line.findIndex(({ number }) => number === ownNumber)) return refuse('behind-earlier')
  let last = at
  for (const [index, entry] of line.entries()) {
    if (index <= at) continue
    const wentThere = entry.postponedBehind === behindNumber
    if (wentThere) last = index
    else if (isActive(entry.status)) break
  }
  return succeed({ after: line[last] ?? named, before: line[last + 1] ?? null })
}

/**
 * The gap for a returning lapsed party: right behind the first waiting party that has not been
 * called, or at the end of the line when there is none. Null: the line is otherwise empty, so any
 * place is the first.
 */
export function findGapNearFront({
  line,
  ownNumber,
}: {
  line: LineEntry[]
  ownNumber: number
}): Gap | null {
  const others = line.filter(({ number }) => number !== ownNumber)
  const isWaiting = ({ status }: LineEntry) => status === 'WAITING' || status === 'POSTPONED'
  const first = others.findIndex(isWaiting)
  const after = others.at(first)
  if (!after) return null
  return { after, before: first === -1 ? null : (others[first + 1] ?? null) }
}
