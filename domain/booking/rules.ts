import { type Result, refuse, succeed } from '@/lib/problems/result'
import type { ReservationSearch } from './search.schema'
import type { ActorKind, ReservationAct, ReservationStatus } from './types'

/** For how long staff can take an act back, and its notice waits; by the database's clock. */
export const UNDO_SECONDS = 10

type Move = { from: ReservationStatus[]; to: ReservationStatus; by: ActorKind[] }

const staff: ActorKind[] = ['OWNER', 'ADMIN']

/** Every listed move. What is not listed is refused and changes nothing. */
const moves: Record<ReservationAct, Move[]> = {
  CONFIRM: [{ from: ['HELD'], to: 'CONFIRMED', by: ['DINER'] }],
  CANCEL: [
    { from: ['HELD', 'CONFIRMED'], to: 'CANCELLED', by: ['DINER', ...staff] },
    { from: ['SEATED'], to: 'CANCELLED', by: staff },
  ],
  SEAT: [{ from: ['CONFIRMED', 'NO_SHOW'], to: 'SEATED', by: staff }],
  LEAVE: [{ from: ['SEATED'], to: 'LEFT', by: staff }],
  NO_SHOW: [{ from: ['CONFIRMED'], to: 'NO_SHOW', by: staff }],
  CORRECT_NO_SHOW: [{ from: ['NO_SHOW'], to: 'CONFIRMED', by: staff }],
}

/**
 * As whom staff act in the audit log and in the table above; what staff accounts may do is the
 * owner's.
 */
export function actorKindOf(role: 'OWNER' | 'STAFF' | 'ADMIN'): 'OWNER' | 'ADMIN' {
  return role === 'ADMIN' ? 'ADMIN' : 'OWNER'
}

const occupying: ReservationStatus[] = ['HELD', 'CONFIRMED', 'SEATED']

/** Whether a reservation of this status keeps its slots from others. */
export function occupiesSlots(status: ReservationStatus): boolean {
  return occupying.includes(status)
}

/**
 * Whether a diner still has it before them, or is sitting there. `endsAt` is an instant, ISO 8601.
 */
export function isUpcoming({
  status,
  endsAt,
  now,
}: {
  status: ReservationStatus
  endsAt: string
  now: Date
}): boolean {
  return occupiesSlots(status) && Date.parse(endsAt) > now.getTime()
}

/** The status an act leads to, or `cannot-move` with the status that stands in its way. */
export function decideMove({
  status,
  act,
  by,
}: {
  status: ReservationStatus
  act: ReservationAct
  by: ActorKind
}): Result<ReservationStatus, 'cannot-move'> {
  const move = moves[act].find((listed) => listed.from.includes(status) && listed.by.includes(by))
  return move ? succeed(move.to) : refuse('cannot-move', { present: status })
}

/** Nobody has stayed away before their time has come. */
export function refuseTooEarly({
  act,
  startsAt,
  now,
}: {
  act: ReservationAct
  startsAt: Date
  now: Date
}): Result<null, 'before-start'> {
  if (act !== 'NO_SHOW' || startsAt <= now) return succeed(null)
  return refuse('before-start', { startsAt: startsAt.toISOString() })
}

/** The acts open to somebody from a status, for the buttons of a board. */
export function listActs({
  status,
  by,
}: {
  status: ReservationStatus
  by: ActorKind
}): ReservationAct[] {
  return (Object.keys(moves) as ReservationAct[]).filter(
    (act) => decideMove({ status, act, by }).ok,
  )
}

/** What an undo leads back to: the status before the act; a walk-in that never was is cancelled. */
export function statusBefore(fromStatus: ReservationStatus | null): ReservationStatus {
  return fromStatus ?? 'CANCELLED'
}

/** Asked for nothing, a list shows the day: all there ever was is no answer. */
export function fillInDay({ search, today }: { search: ReservationSearch; today: string }) {
  const { person, restaurant, date } = search
  return person === null && restaurant === null && date === null
    ? { ...search, date: today }
    : search
}
