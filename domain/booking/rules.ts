import { type Result, refuse, succeed } from '@/lib/problems/result'
import type { ReservationSearch } from './search.schema'
import type { ActorKind, ReservationAct, ReservationStatus } from './types'

/** How long staff can undo an act, and how long its notice waits; by the database's clock. */
export const UNDO_SECONDS = 10

type Move = { from: ReservationStatus[]; to: ReservationStatus; by: ActorKind[] }

const staff: ActorKind[] = ['OWNER', 'ADMIN']

/** Every allowed move. A move not listed here is refused and changes nothing. */
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
  CORRECT_SEAT: [{ from: ['SEATED'], to: 'CONFIRMED', by: staff }],
}

/**
 * The role in which staff act, in the audit log and in the table above: a staff account has the
 * owner's moves.
 */
export function actorKindOf(role: 'OWNER' | 'STAFF' | 'ADMIN'): 'OWNER' | 'ADMIN' {
  return role === 'ADMIN' ? 'ADMIN' : 'OWNER'
}

const occupying: ReservationStatus[] = ['HELD', 'CONFIRMED', 'SEATED']

/** Whether a reservation of this status occupies its slots. */
export function occupiesSlots(status: ReservationStatus): boolean {
  return occupying.includes(status)
}

/** The parts of a diner's list, in the order in which it is read. */
export const listSections = ['UPCOMING', 'PAST', 'CANCELLED'] as const
export type ListSection = (typeof listSections)[number]

/**
 * Where a diner's list has the reservation: still ahead or at the table now, past, or one that came
 * to nothing. `endsAt` is an instant, ISO 8601. The statement of `listOwnReservations` sorts alike.
 */
export function sectionOf({
  status,
  endsAt,
  now,
}: {
  status: ReservationStatus
  endsAt: string
  now: Date
}): ListSection {
  if (status === 'CANCELLED' || status === 'EXPIRED') return 'CANCELLED'
  return occupiesSlots(status) && Date.parse(endsAt) > now.getTime() ? 'UPCOMING' : 'PAST'
}

/**
 * The status an act leads to, or `cannot-move` with the status that prevents it. A walk-in wrongly
 * seated has no reservation to go back to: it is cancelled.
 */
export function decideMove({
  status,
  act,
  by,
  walkIn = false,
}: {
  status: ReservationStatus
  act: ReservationAct
  by: ActorKind
  walkIn?: boolean
}): Result<ReservationStatus, 'cannot-move'> {
  const move = moves[act].find((listed) => listed.from.includes(status) && listed.by.includes(by))
  const isPossible = move && !(walkIn && act === 'CORRECT_SEAT')
  return isPossible ? succeed(move.to) : refuse('cannot-move', { present: status })
}

/**
 * The acts that have their time: a party can't be a no-show before its time has come, and from then
 * on its diner can't cancel any more, because a no-show would be gone.
 */
export function refuseUntimely({
  act,
  by,
  startsAt,
  now,
}: {
  act: ReservationAct
  by: ActorKind
  startsAt: Date
  now: Date
}): Result<null, 'before-start' | 'after-start'> {
  const hasBegun = startsAt <= now
  const details = { startsAt: startsAt.toISOString() }
  if (act === 'NO_SHOW' && !hasBegun) return refuse('before-start', details)
  if (act === 'CANCEL' && by === 'DINER' && hasBegun) return refuse('after-start', details)
  return succeed(null)
}

/** How long an act may wait in a tablet for the network and still be meant. */
export const MOST_WAIT_HOURS = 12

/**
 * A party of another date is acted on only if staff insist, because seating or marking it is nearly
 * always a slip. `today` is the service date on which they acted.
 */
export function refuseOtherDate({
  serviceDate,
  today,
  override = false,
}: {
  serviceDate: string
  today: string
  override?: boolean | undefined
}): Result<null, 'other-date'> {
  if (override || serviceDate === today) return succeed(null)
  return refuse('other-date', { serviceDate, today })
}

/** Giving the table of a coming party back is planning, which any date allows. */
export function isPlanning({
  act,
  status,
  serviceDate,
  today,
}: {
  act: ReservationAct
  status: ReservationStatus
  serviceDate: string
  today: string
}): boolean {
  return act === 'CANCEL' && status !== 'SEATED' && serviceDate > today
}

/** Whether the diner can still give the table back. `startsAt` is an instant, ISO 8601. */
export function canDinerCancel({
  status,
  startsAt,
  now,
}: {
  status: ReservationStatus
  startsAt: string
  now: Date
}): boolean {
  const asked = { act: 'CANCEL', by: 'DINER' } as const
  const isListed = decideMove({ status, ...asked }).ok
  return isListed && refuseUntimely({ ...asked, startsAt: new Date(startsAt), now }).ok
}

/** The acts this actor has from a status, for the buttons of a board. */
export function listActs({
  status,
  by,
  walkIn = false,
}: {
  status: ReservationStatus
  by: ActorKind
  walkIn?: boolean
}): ReservationAct[] {
  return (Object.keys(moves) as ReservationAct[]).filter(
    (act) => decideMove({ status, act, by, walkIn }).ok,
  )
}

/**
 * The status an undo restores: the one before the act, or cancelled for a walk-in, which had none.
 */
export function statusBefore(fromStatus: ReservationStatus | null): ReservationStatus {
  return fromStatus ?? 'CANCELLED'
}

/** Without any filter the list shows today: all reservations ever made are no useful answer. */
export function fillInDay({ search, today }: { search: ReservationSearch; today: string }) {
  const { person, restaurant, date } = search
  return person === null && restaurant === null && date === null
    ? { ...search, date: today }
    : search
}
