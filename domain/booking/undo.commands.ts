import { recordAct } from '@/domain/identity/audit.commands'
import { type KeyRefusal, runOnce } from '@/domain/identity/idempotency.commands'
import { lockStaffRole } from '@/domain/restaurant/commands'
import { prisma } from '@/lib/db/database'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { MOVE_CONSTRAINTS, writeArrival } from './move.commands'
import { actorKindOf, statusBefore, UNDO_SECONDS } from './rules'
import {
  type LockedReservation,
  lockReservation,
  MOVE_TRIES,
  type WriteRefusal,
  writeStatus,
} from './slot-lock.commands'
import type { Actor, ReservationStatus, Undone } from './types'

type Act = {
  subjectId: string
  restaurantId: string
  act: string
  fromStatus: ReservationStatus | null
  toStatus: ReservationStatus
  /** When the party had come before an act on its arrival. Null: it had not, or the act is another. */
  arrivedBefore: Date | null
}

async function readAct(actId: string): Promise<Act | null> {
  const [act] = await prisma.$queryRaw<Act[]>`
    SELECT subject_id AS "subjectId", restaurant_id AS "restaurantId", act, from_status AS "fromStatus", to_status AS "toStatus",
           (details ->> 'arrivedAt')::timestamptz AS "arrivedBefore"
      FROM audit_events
     WHERE id = ${actId}::uuid AND subject = 'RESERVATION' AND actor_role IN ('OWNER', 'STAFF', 'ADMIN') AND act NOT IN ('UNDO', 'NOTE', 'SAY_LATE')`
  return act ?? null
}

/** Marks the act undone if no newer act has moved its subject and ten seconds have not passed. */
async function markUndone(tx: Transaction, actId: string): Promise<boolean> {
  const marked = await tx.$executeRaw`
    UPDATE audit_events e SET undone_at = now()
     WHERE e.id = ${actId}::uuid AND e.undone_at IS NULL
       AND e.at + make_interval(secs => ${UNDO_SECONDS}::int) > now()
       AND NOT EXISTS (SELECT 1 FROM audit_events later
                        WHERE later.subject_id = e.subject_id AND later.id <> e.id AND later.at >= e.at AND later.undone_at IS NULL
                          AND later.act NOT IN ('NOTE', 'SAY_LATE'))`
  return marked === 1
}

/** Drops the act's notices; false when one is already on its way. */
async function dropNotices(tx: Transaction, actId: string): Promise<boolean> {
  const notices = await tx.$queryRaw<{ untouched: boolean }[]>`
    SELECT state = 'QUEUED' AND lease_token IS NULL AS untouched FROM notices WHERE event_id = ${actId}::uuid FOR UPDATE`
  if (notices.some((notice) => !notice.untouched)) return false
  await tx.$executeRaw`UPDATE notices SET state = 'DROPPED', dropped_because = 'undone' WHERE event_id = ${actId}::uuid`
  return true
}

/** The listed move back; an act on the arrival leaves the status as it is. */
async function takeBack(
  tx: Transaction,
  {
    act: { act, arrivedBefore },
    reservation,
    to,
  }: { act: Act; reservation: LockedReservation; to: ReservationStatus },
): Promise<Result<null, WriteRefusal>> {
  if (act !== 'ARRIVE' && act !== 'CORRECT_ARRIVAL')
    return writeStatus(tx, { reservation, to, cancelledBy: 'OWNER' })
  await writeArrival(tx, { id: reservation.id, arrivedAt: arrivedBefore })
  return succeed(null)
}

export type UndoRefusal =
  | 'not-found'
  | 'too-late'
  | 'hold-expired'
  | 'slot-taken'
  | 'table-occupied'
  | 'already-booked'
  | 'busy'
  | KeyRefusal

/**
 * Undoes a staff act within ten seconds by the database's clock: the listed move back, its slots
 * retaken or freed, its notice dropped. Locks the staff's role, the slots in id order, then the
 * reservation, then the act's event and notice, then the occupancies of a party that sits down or
 * gets up.
 *
 * Refuses `not-found` (also for other restaurants' acts), `too-late` (ten seconds passed, already
 * undone, a newer act followed, or the mail is on its way), `hold-expired`, `slot-taken`,
 * `table-occupied`, `already-booked`, and `in-progress` and `key-reused` on account of the key.
 */
export async function undoAct({
  actId,
  actor,
  key = null,
}: {
  actId: string
  actor: Actor
  /** The actor's idempotency key for this request. Null: it won't be repeated. */
  key?: string | null
}): Promise<Result<Undone, UndoRefusal>> {
  const act = await readAct(actId)
  if (!act) return refuse('not-found')
  const undo = async (tx: Transaction, stop: Stop<UndoRefusal>) => {
    const role = await lockStaffRole(tx, { ...actor, restaurantId: act.restaurantId })
    if (!role) return stop(refuse('not-found'))
    const answer = async () => {
      const reservation = await lockReservation(tx, act.subjectId)
      if (!reservation) return stop(refuse('not-found'))
      if (reservation.status !== act.toStatus || !(await markUndone(tx, actId)))
        return stop(refuse('too-late'))
      if (!(await dropNotices(tx, actId))) return stop(refuse('too-late'))
      const to = statusBefore(act.fromStatus)
      const written = await takeBack(tx, { act, reservation, to })
      if (!written.ok) return stop(written)
      await recordAct(tx, {
        subject: 'RESERVATION',
        subjectId: reservation.id,
        restaurantId: act.restaurantId,
        actor: { ...actor, role: actorKindOf(role) },
        act: 'UNDO',
        from: reservation.status,
        to,
      })
      return { id: reservation.id, status: to, actId }
    }
    const asker = { accountId: actor.accountId }
    return runOnce<Undone>(tx, { asker, key, request: { actId }, stop, answer })
  }
  return runTransaction(undo, { constraints: MOVE_CONSTRAINTS, tries: MOVE_TRIES })
}
