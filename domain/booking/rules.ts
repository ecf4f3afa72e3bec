import { type Result, refuse, succeed } from '@/lib/problems/result'
import type { CorrectedStatus } from './schema'
import type { ReservationSearch } from './search.schema'
import type { ActingSide, ActorKind, ReservationAct, ReservationStatus } from './types'

/** How long staff can undo an act, and how long its notice waits; by the database's clock. */
export const UNDO_SECONDS = 10

type Move = { from: ReservationStatus[]; to: ReservationStatus; by: ActorKind[] }

const staff: ActorKind[] = ['OWNER', 'STAFF', 'ADMIN']

/** Every allowed move. A move not listed here is refused and changes nothing. */
const moves: Record<ReservationAct, Move[]> = {
  CONFIRM: [{ from: ['HELD'], to: 'CONFIRMED', by: ['DINER', ...staff] }],
  CANCEL: [
    { from: ['HELD', 'CONFIRMED'], to: 'CANCELLED', by: ['DINER', ...staff] },
    { from: ['SEATED'], to: 'CANCELLED', by: staff },
  ],
  SEAT: [{ from: ['CONFIRMED', 'NO_SHOW'], to: 'SEATED', by: staff }],
  LEAVE: [{ from: ['SEATED'], to: 'LEFT', by: staff }],
  NO_SHOW: [{ from: ['CONFIRMED'], to: 'NO_SHOW', by: staff }],
  ARRIVE: [{ from: ['CONFIRMED'], to: 'CONFIRMED', by: staff }],
  CORRECT_NO_SHOW: [{ from: ['NO_SHOW'], to: 'CONFIRMED', by: staff }],
  CORRECT_SEAT: [{ from: ['SEATED'], to: 'CONFIRMED', by: staff }],
  CORRECT_LEAVE: [{ from: ['LEFT'], to: 'SEATED', by: staff }],
  CORRECT_CANCEL: [{ from: ['CANCELLED'], to: 'CONFIRMED', by: staff }],
  CORRECT_ARRIVAL: [{ from: ['CONFIRMED'], to: 'CONFIRMED', by: staff }],
}

/** The status an act leads to. */
export function outcomeOf(act: ReservationAct): ReservationStatus | null {
  return moves[act][0]?.to ?? null
}

const corrections: ReservationAct[] = [
  'CORRECT_NO_SHOW',
  'CORRECT_SEAT',
  'CORRECT_LEAVE',
  'CORRECT_CANCEL',
  'CORRECT_ARRIVAL',
]

/** Whether an act corrects an earlier one; it can until the party's day closes. */
export function isCorrection(act: ReservationAct): boolean {
  return corrections.includes(act)
}

/**
 * The act that corrects a party's status to the one asked for; a no-show who sits after all is simply
 * seated. Null: there is nothing to correct.
 */
export function nameCorrection({
  status,
  to,
  walkIn,
}: {
  status: ReservationStatus
  to: CorrectedStatus
  walkIn: boolean
}): ReservationAct | null {
  if (to === 'SEATED') {
    if (status === 'LEFT') return 'CORRECT_LEAVE'
    if (status === 'NO_SHOW') return 'SEAT'
    return status === 'CANCELLED' && walkIn ? 'CORRECT_CANCEL' : null
  }
  if (status === 'SEATED') return 'CORRECT_SEAT'
  if (status === 'NO_SHOW') return 'CORRECT_NO_SHOW'
  if (status === 'CONFIRMED') return 'CORRECT_ARRIVAL'
  return status === 'CANCELLED' && !walkIn ? 'CORRECT_CANCEL' : null
}

/** In whose name an act is told to its diner; the audit log has the actor's own role. */
export const sideOf = (by: ActorKind): ActingSide => (by === 'STAFF' ? 'OWNER' : by)

const occupying: ReservationStatus[] = ['HELD', 'CONFIRMED', 'SEATED']

/** Whether a reservation of this status occupies its slots. */
export function occupiesSlots(status: ReservationStatus): boolean {
  return occupying.includes(status)
}

/** Whether a party that had gone is expected again. */
export function comesBack({
  from,
  to,
}: {
  from: ReservationStatus
  to: ReservationStatus
}): boolean {
  return !occupiesSlots(from) && occupiesSlots(to) && to !== 'SEATED'
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

/** What decides a party's moves beside its status. */
export type MovedParty = {
  status: ReservationStatus
  walkIn?: boolean
  /** When it came and began to wait for its table. Null or absent: it is not known to be here. */
  arrivedAt?: Date | string | null
  cancelledBy?: string | null
  /** As a hold it is not for its diner to confirm. */
  awaitsStaff?: boolean
}

/** Whether the act's own condition holds, for a party of a status that the table lists. */
function isMeant({
  act,
  by,
  walkIn = false,
  arrivedAt = null,
  cancelledBy = null,
  awaitsStaff = false,
}: Omit<MovedParty, 'status'> & { act: ReservationAct; by: ActorKind }): boolean {
  if (act === 'CONFIRM') return by !== 'DINER' || !awaitsStaff
  if (act === 'CORRECT_SEAT') return !walkIn
  if (act === 'ARRIVE') return arrivedAt === null
  if (act === 'CORRECT_ARRIVAL') return arrivedAt !== null
  // What a diner gave back is the diner's to book again.
  if (act === 'CORRECT_CANCEL') return cancelledBy === 'OWNER' || cancelledBy === 'ADMIN'
  return true
}

/**
 * The status an act leads to, or `cannot-move` with the status that prevents it. A walk-in wrongly
 * seated has no reservation to go back to: it is cancelled, and sits again when that was the slip.
 */
export function decideMove({
  act,
  by,
  ...party
}: MovedParty & { act: ReservationAct; by: ActorKind }): Result<ReservationStatus, 'cannot-move'> {
  const { status } = party
  const move = moves[act].find((listed) => listed.from.includes(status) && listed.by.includes(by))
  if (!move || !isMeant({ act, by, ...party })) return refuse('cannot-move', { present: status })
  return succeed(act === 'CORRECT_CANCEL' && party.walkIn ? 'SEATED' : move.to)
}

/**
 * Acts can be corrected until the day closes: the party's own, and the one on which it sat. `today` is
 * that of the act.
 */
export function refuseAfterDay({
  act,
  serviceDate,
  seatedDate,
  today,
}: {
  act: ReservationAct
  serviceDate: string
  /** Null: it never sat. */
  seatedDate: string | null
  today: string
}): Result<null, 'day-closed'> {
  const isSeatingOver = act === 'CORRECT_LEAVE' && (seatedDate ?? serviceDate) < today
  if (serviceDate >= today && !isSeatingOver) return succeed(null)
  return refuse('day-closed', { serviceDate, today })
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

/**
 * Confirming a hold, giving the table of a coming party back, and taking that back is planning, which any
 * date allows.
 */
export function isPlanning({
  act,
  status,
  walkIn,
  serviceDate,
  today,
}: {
  act: ReservationAct
  status: ReservationStatus
  walkIn: boolean
  serviceDate: string
  today: string
}): boolean {
  const isAhead =
    act === 'CONFIRM' ||
    (act === 'CANCEL' && status !== 'SEATED') ||
    (act === 'CORRECT_CANCEL' && !walkIn)
  return isAhead && serviceDate > today
}

/** The minutes a party can be said to be late by one tap. */
export const LATE_CHOICES = [5, 10, 15, 20, 25, 30, 45, 60]

/** How long before its time a party may already say that it will be late. */
const LATE_AHEAD_MS = 3 * 3_600_000

/** Whether the page asks the diner how late they will be. The times are instants, ISO 8601. */
export function mayBeLate({
  status,
  startsAt,
  endsAt,
  now,
}: {
  status: ReservationStatus
  startsAt: string
  endsAt: string
  now: Date
}): boolean {
  const isSoon = Date.parse(startsAt) - now.getTime() <= LATE_AHEAD_MS
  return status === 'CONFIRMED' && isSoon && now.getTime() < Date.parse(endsAt)
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

/** The acts this actor has on a party, for the buttons of a board. */
export function listActs({ by, ...party }: MovedParty & { by: ActorKind }): ReservationAct[] {
  return (Object.keys(moves) as ReservationAct[]).filter(
    (act) => decideMove({ ...party, act, by }).ok,
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
