import { recordAct } from '@/domain/identity/audit.commands'
import type { AuditedEvent } from '@/domain/identity/audit.types'
import { type KeyRefusal, runOnce } from '@/domain/identity/idempotency.commands'
import { lockStaffRole } from '@/domain/restaurant/commands'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { readActDate } from './act-date.queries'
import {
  actorKindOf,
  decideMove,
  isPlanning,
  refuseOtherDate,
  refuseUntimely,
  UNDO_SECONDS,
} from './rules'
import { type LockedReservation, lockReservation, writeStatus } from './slot-lock.commands'
import type { Actor, ActorKind, Moved, MoveScope, ReservationAct, StaffIntent } from './types'

/** Restoring a reservation can collide with the diner's other active one of that date (G2). */
export const ONE_ACTIVE = { reservations_one_active_per_diner: 'already-booked' } as const

type Asked = {
  reservationId: string
  actor: Actor
  scope: MoveScope
  /** Whether the diner, who acts by a mailed link, still has the address it went to. */
  isMailedTo?: ((email: string) => boolean) | undefined
}

/**
 * The asker's role for a reservation, or null, which reads to them as "no such reservation". Locks a
 * role at the restaurant, or the account of a diner who acts by a mailed link.
 */
async function lockActorKind(
  tx: Transaction,
  { reservationId, actor, scope, isMailedTo }: Asked,
): Promise<ActorKind | null> {
  if (isMailedTo) {
    const [account] = await tx.$queryRaw<{ email: string }[]>`
      SELECT email FROM accounts WHERE id = ${actor.accountId}::uuid FOR SHARE`
    if (!account || !isMailedTo(account.email)) return null
  }
  const reservation = await tx.reservation.findUnique({
    where: { id: reservationId },
    select: { dinerId: true, restaurantId: true },
  })
  if (!reservation) return null
  const isDiner = scope !== 'staff' && reservation.dinerId === actor.accountId
  if (scope === 'diner') return isDiner ? 'DINER' : null
  const { restaurantId } = reservation
  const role = await lockStaffRole(tx, { ...actor, restaurantId })
  // Staff who have booked at their own restaurant have the staff's moves on its board.
  if (isDiner && (role === null || role === 'ADMIN')) return 'DINER'
  return role && actorKindOf(role)
}

/** The deadline for undoing an act, and the id to undo it by. */
export const undoableFrom = ({ id, at }: AuditedEvent) => ({
  actId: id,
  undoUntil: new Date(at.getTime() + UNDO_SECONDS * 1000).toISOString(),
})

const noticeOf: Partial<Record<ReservationAct, string>> = {
  CONFIRM: 'RESERVATION_CONFIRMED',
  CANCEL: 'RESERVATION_CANCELLED',
  NO_SHOW: 'RESERVATION_NO_SHOW',
}

/** Queues the diner's notice; that of an undoable act waits out its ten seconds. */
async function tellDiner(
  tx: Transaction,
  {
    reservationId,
    eventId,
    act,
    by,
    reason,
  }: {
    reservationId: string
    eventId: string
    act: ReservationAct
    by: ActorKind
    reason: string | undefined
  },
): Promise<void> {
  const kind = noticeOf[act]
  if (!kind) return
  const waitSeconds = by === 'DINER' ? 0 : UNDO_SECONDS
  await tx.$executeRaw`
    SELECT queue_reservation_notice(${reservationId}::uuid, ${eventId}::uuid, ${kind}, now() + make_interval(secs => ${waitSeconds}::int))`
  if (reason !== undefined)
    await tx.$executeRaw`
      UPDATE notices SET payload = payload || jsonb_build_object('reason', ${reason}::text)
       WHERE event_id = ${eventId}::uuid`
}

type MoveRefusal =
  | 'not-found'
  | 'hold-expired'
  | 'cannot-move'
  | 'before-start'
  | 'after-start'
  | 'other-date'
  | 'slot-taken'
  | 'already-booked'
  | KeyRefusal

/** Refuses `other-date` where staff would seat or mark a party of another date by a slip. */
async function judgeDate(
  tx: Transaction,
  {
    reservation: { restaurantId, serviceDate, status },
    act,
    by,
    intent: { override, tappedAt },
  }: {
    reservation: LockedReservation
    act: ReservationAct
    by: ActorKind
    intent: StaffIntent
  },
): Promise<Result<null, 'other-date'>> {
  if (by === 'DINER') return succeed(null)
  const today = await readActDate(tx, { restaurantId, tappedAt })
  if (isPlanning({ act, status, serviceDate, today })) return succeed(null)
  return refuseOtherDate({ serviceDate, today, override })
}

/**
 * A hold confirmed at its deadline counts again, while another booking of its diner may just have
 * found it over: the two take turns by the lock of `place_reservation`.
 */
async function tryLockDiner(tx: Transaction, dinerId: string): Promise<boolean> {
  const [lock] = await tx.$queryRaw<{ isMine: boolean }[]>`
    SELECT try_lock_diner(${dinerId}::uuid) AS "isMine"`
  return lock?.isMine ?? false
}

/**
 * Moves a reservation along the table in `rules.ts`: one transaction with its slots freed or
 * retaken, its audit event and its notice. Locks the staff's role, the slots in id order, then the
 * reservation; to confirm a hold it tries the lock of its diner before the slots. With `isMailedTo`
 * the account of the diner comes first of all.
 * Deadlines by the database's clock. With a key it is done once, however often it is asked.
 * `reason` goes into the diner's mail and the audit log.
 *
 * Refuses `not-found` (also for other people's reservations), `hold-expired`, `cannot-move` with
 * the present status, `before-start` with the instant from which a party can be a no-show,
 * `after-start` with the instant from which the diner can't cancel, `other-date` with the party's
 * date when staff act on another date's party without insisting, `slot-taken` and `already-booked` when a corrected no-show's place is gone, and `in-progress` and
 * `key-reused` on account of the key (`in-progress` also while another booking of the diner is).
 */
export async function moveReservation({
  reservationId,
  act,
  actor,
  scope,
  isMailedTo,
  key = null,
  reason,
  intent = {},
}: Asked & {
  act: ReservationAct
  intent?: StaffIntent
  /** The actor's idempotency key for this request. Null: it won't be repeated. */
  key?: string | null
  reason?: string
}): Promise<Result<Moved, MoveRefusal>> {
  const move = async (tx: Transaction, stop: Stop<MoveRefusal>) => {
    const by = await lockActorKind(tx, { reservationId, actor, scope, isMailedTo })
    if (!by) return stop(refuse('not-found'))
    const answer = async () => {
      if (act === 'CONFIRM' && !(await tryLockDiner(tx, actor.accountId)))
        return stop(refuse('in-progress'))
      const reservation = await lockReservation(tx, reservationId)
      if (!reservation) return stop(refuse('not-found'))
      if (reservation.isRunOut) return stop(refuse('hold-expired'))
      const decided = decideMove({ ...reservation, act, by })
      if (!decided.ok) return stop(decided)
      const dated = await judgeDate(tx, { reservation, act, by, intent })
      if (!dated.ok) return stop(dated)
      const timely = refuseUntimely({ ...reservation, act, by })
      if (!timely.ok) return stop(timely)
      const to = decided.value
      const written = await writeStatus(tx, { reservation, to, cancelledBy: by })
      if (!written.ok) return stop(written)
      const recorded = await recordAct(tx, {
        subject: 'RESERVATION',
        subjectId: reservationId,
        restaurantId: reservation.restaurantId,
        actor: { ...actor, role: by },
        act,
        from: reservation.status,
        to,
        ...(reason !== undefined && { details: { reason } }),
      })
      await tellDiner(tx, { reservationId, eventId: recorded.id, act, by, reason })
      return { id: reservationId, status: to, ...undoableFrom(recorded) }
    }
    const asker = { accountId: actor.accountId }
    return runOnce<Moved>(tx, { asker, key, request: { reservationId, act }, stop, answer })
  }
  return runTransaction(move, { constraints: ONE_ACTIVE })
}
