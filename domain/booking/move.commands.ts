import { recordAct } from '@/domain/identity/audit.commands'
import type { AuditedEvent } from '@/domain/identity/audit.types'
import { type KeyRefusal, runOnce } from '@/domain/identity/idempotency.commands'
import type { UsualReason } from '@/domain/notification/usual-reason.types'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { type ActMoment, readActMoment } from './act-moment.queries'
import { type Asked, lockActorKind, tryLockDinerOf } from './actor.commands'
import { tellDiner } from './move-notice.commands'
import { OFF_PLAN_CONSTRAINTS } from './off-plan.commands'
import { judgeReturn, type ReturnRefusal } from './return.queries'
import {
  comesBack,
  decideMove,
  isCorrection,
  isPlanning,
  nameCorrection,
  refuseAfterDay,
  refuseOtherDate,
  refuseUntimely,
  sideOf,
  UNDO_SECONDS,
} from './rules'
import type { CorrectedStatus } from './schema'
import {
  type LockedReservation,
  lockReservation,
  MOVE_TRIES,
  type WriteRefusal,
  writeStatus,
} from './slot-lock.commands'
import type { ActorKind, Moved, ReservationAct, ReservationStatus, StaffIntent } from './types'

/**
 * Restoring a reservation can collide with the diner's other one to come on that date (G2), seating a
 * party with another that sat down at its table at the same moment (G21).
 */
export const MOVE_CONSTRAINTS = {
  reservations_one_active_per_diner: 'already-booked',
  reservations_one_coming_per_guest: 'already-booked',
  occupancies_one_party_per_table: 'table-occupied',
  ...OFF_PLAN_CONSTRAINTS,
} as const

/** The deadline for undoing an act, and the id to undo it by. */
export const undoableFrom = ({ id, at }: AuditedEvent) => ({
  actId: id,
  undoUntil: new Date(at.getTime() + UNDO_SECONDS * 1000).toISOString(),
})

type MoveRefusal =
  | 'not-found'
  | 'cannot-move'
  | 'before-start'
  | 'after-start'
  | 'other-date'
  | 'day-closed'
  | 'already-booked'
  | 'busy'
  | WriteRefusal
  | ReturnRefusal
  | KeyRefusal

/**
 * Refuses `other-date` where staff would seat or mark a party of another date by a slip, and
 * `day-closed` where they would correct an act of a day that is over.
 */
function judgeDate({
  reservation: { serviceDate, seatedDate, status, walkIn },
  act,
  isCorrecting,
  intent: { override },
  today,
}: {
  reservation: LockedReservation
  act: ReservationAct
  isCorrecting: boolean
  intent: StaffIntent
  today: string
}): Result<null, 'other-date' | 'day-closed'> {
  if (isCorrecting) {
    const open = refuseAfterDay({ act, serviceDate, seatedDate, today })
    if (!open.ok) return open
  }
  if (isPlanning({ act, status, walkIn, serviceDate, today })) return succeed(null)
  return refuseOtherDate({ serviceDate, today, override })
}

/** A party waits for its table from that instant on, or does not. Null: it is not here. */
export async function writeArrival(
  tx: Transaction,
  { id, arrivedAt }: { id: string; arrivedAt: Date | null },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE reservations SET arrived_at = ${arrivedAt}::timestamptz WHERE id = ${id}::uuid`
}

/** Writes what the decided act makes of the party. */
async function write(
  tx: Transaction,
  {
    reservation,
    act,
    to,
    by,
    at,
  }: {
    reservation: LockedReservation
    act: ReservationAct
    to: ReservationStatus
    by: ActorKind
    at: Date
  },
): Promise<Result<null, WriteRefusal>> {
  if (act === 'ARRIVE' || act === 'CORRECT_ARRIVAL') {
    await writeArrival(tx, { id: reservation.id, arrivedAt: act === 'ARRIVE' ? at : null })
    return succeed(null)
  }
  const told = act === 'SEAT' || act === 'LEAVE' ? at : null
  return writeStatus(tx, { reservation, to, cancelledBy: sideOf(by), at: told })
}

/** The act meant, and whether it corrects an earlier one; an asker may name only what it leads to. */
type Meant = Result<{ act: ReservationAct; isCorrecting: boolean }, 'cannot-move'>

type Moving = Asked & {
  intent?: StaffIntent
  /** The actor's idempotency key for this request. Null: it won't be repeated. */
  key?: string | null
  /** The canceller's own words. */
  reason?: string
  /** A usual reason instead of them. */
  usualReason?: UsualReason
}

/** One move, decided under the locks; see `moveReservation`. */
async function runMove({
  reservationId,
  actor,
  scope,
  isMailedTo,
  key = null,
  reason,
  usualReason,
  intent = {},
  request,
  isConfirming,
  mean,
}: Moving & {
  /** The content by which two requests count as the same. */
  request: object
  isConfirming: boolean
  mean: (reservation: LockedReservation) => Meant
}): Promise<Result<Moved, MoveRefusal>> {
  const move = async (tx: Transaction, stop: Stop<MoveRefusal>) => {
    const by = await lockActorKind(tx, { reservationId, actor, scope, isMailedTo })
    if (!by) return stop(refuse('not-found'))
    const answer = async () => {
      // A hold confirmed at its deadline counts again, while another booking of its diner may just
      // have found it over.
      if (isConfirming && !(await tryLockDinerOf(tx, reservationId)))
        return stop(refuse('in-progress'))
      const reservation = await lockReservation(tx, reservationId)
      if (!reservation) return stop(refuse('not-found'))
      if (reservation.isRunOut) return stop(refuse('hold-expired'))
      const meant = mean(reservation)
      if (!meant.ok) return stop(meant)
      const { act } = meant.value
      const decided = decideMove({ ...reservation, act, by })
      if (!decided.ok) return stop(decided)
      const moment = await readActMoment(tx, { ...reservation, ...intent })
      const judged = judge({ reservation, by, intent, moment, ...meant.value })
      if (!judged.ok) return stop(judged)
      const to = act === 'CORRECT_CANCEL' && reservation.wasHeld ? 'HELD' : decided.value
      if (comesBack({ from: reservation.status, to }) && !intent.override) {
        const returns = await judgeReturn(tx, reservation)
        if (!returns.ok) return stop(returns)
      }
      const written = await write(tx, { reservation, act, to, by, at: moment.at })
      if (!written.ok) return stop(written)
      const arrivedAt = reservation.arrivedAt?.toISOString() ?? null
      const recorded = await recordAct(tx, {
        subject: 'RESERVATION',
        subjectId: reservationId,
        restaurantId: reservation.restaurantId,
        actor: { ...actor, role: by },
        act,
        from: reservation.status,
        to,
        // What staff say may name the guest, so their words stay in the notice.
        ...(reason !== undefined && by === 'ADMIN' && { details: { reason } }),
        ...(reservation.status === to && { details: { arrivedAt } }),
      })
      const why = { reason, usualReason }
      await tellDiner(tx, { reservationId, eventId: recorded.id, act, to, by, ...why })
      return { id: reservationId, status: to, ...undoableFrom(recorded) }
    }
    const asker = actor.accountId === null ? null : { accountId: actor.accountId }
    return runOnce<Moved>(tx, { asker, key, request, stop, answer })
  }
  return runTransaction(move, { constraints: MOVE_CONSTRAINTS, tries: MOVE_TRIES })
}

function judge({
  reservation,
  by,
  moment: { today },
  ...asked
}: {
  reservation: LockedReservation
  act: ReservationAct
  isCorrecting: boolean
  by: ActorKind
  intent: StaffIntent
  moment: ActMoment
}): Result<null, 'other-date' | 'day-closed' | 'before-start' | 'after-start'> {
  const dated = by === 'DINER' ? succeed(null) : judgeDate({ reservation, today, ...asked })
  return dated.ok ? refuseUntimely({ ...reservation, ...asked, by }) : dated
}

/**
 * Moves a reservation along the table in `rules.ts`: one transaction with its slots freed or
 * retaken, its audit event and its notice. Locks the staff's role, the slots in id order, then the
 * reservation, then the occupancies of a party that sits down or gets up; to confirm a hold it tries
 * the lock of its diner before the slots. With `isMailedTo` the account of the diner comes first of all.
 * Deadlines by the database's clock. With a key it is done once, however often it is asked.
 * A reason goes into the diner's notice, and an admin's own words into the audit log.
 *
 * Refuses `not-found` (also for other people's reservations), `hold-expired`, `cannot-move` with
 * the present status, `before-start` with the instant from which a party can be a no-show,
 * `after-start` with the instant from which the diner can't cancel, `other-date` with the party's
 * date when staff act on another date's party without insisting, `day-closed` for a correction after
 * the party's day, `table-occupied` with the `tableNumbers` at which others sit, `slot-taken` and
 * `already-booked` when the place of a corrected party is gone, `no-such-table` with the `tableNumbers`
 * when its table is out of use, `closed-day` and `not-open-yet` (unless staff insist) when it would be
 * expected again on such a date, and `in-progress` and `key-reused` on account of the key (`in-progress` also while another booking of the diner is).
 */
export function moveReservation({
  act,
  ...asked
}: Moving & { act: ReservationAct }): Promise<Result<Moved, MoveRefusal>> {
  const { reservationId, reason, usualReason } = asked
  const meant = succeed({ act, isCorrecting: isCorrection(act) })
  return runMove({
    ...asked,
    request: {
      reservationId,
      act,
      ...(reason !== undefined && { reason }),
      ...(usualReason !== undefined && { usualReason }),
    },
    isConfirming: act === 'CONFIRM',
    mean: () => meant,
  })
}

/**
 * Corrects what staff did to a party until its day closes: booked again, or at its table again.
 * Locks and refuses like `moveReservation`.
 */
export function correctReservation({
  to,
  ...asked
}: Omit<Moving, 'scope'> & { to: CorrectedStatus }): Promise<Result<Moved, MoveRefusal>> {
  const { reservationId } = asked
  return runMove({
    ...asked,
    scope: 'staff',
    request: { reservationId, to },
    isConfirming: false,
    mean: ({ status, walkIn }) => {
      const act = nameCorrection({ status, to, walkIn })
      return act ? succeed({ act, isCorrecting: true }) : refuse('cannot-move', { present: status })
    },
  })
}
