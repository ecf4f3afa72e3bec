import { recordAct } from '@/domain/identity/audit.commands'
import { type KeyRefusal, runOnce } from '@/domain/identity/idempotency.commands'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { readActMoment } from './act-moment.queries'
import { type Asked, actByLink, lockActorKind } from './actor.commands'
import type { ReservationStatus } from './types'

/** Null: the party comes on time. */
export type LateReservation = { id: string; lateMinutes: number | null }

type LatenessRefusal = 'not-found' | 'cannot-move' | 'hold-expired' | 'day-closed' | KeyRefusal

type Expected = {
  restaurantId: string
  serviceDate: string
  status: ReservationStatus
  isRunOut: boolean
  lateMinutes: number | null
}

/** Locks the reservation alone: no slot changes with it. */
async function lockExpected(tx: Transaction, reservationId: string): Promise<Expected | null> {
  const [found] = await tx.$queryRaw<Expected[]>`
    SELECT restaurant_id AS "restaurantId", service_date::text AS "serviceDate", status::text AS status,
           coalesce(status = 'HELD' AND hold_expires_at <= now(), false) AS "isRunOut",
           late_minutes AS "lateMinutes"
      FROM reservations WHERE id = ${reservationId}::uuid FOR UPDATE`
  return found ?? null
}

/**
 * Notes how many minutes late a confirmed party says it will be; zero takes it back. Saying the same
 * again changes nothing. Locks the role in which the asker acts, then the reservation.
 *
 * Refuses `not-found` (also for other people's reservations), `hold-expired`, `cannot-move` with the
 * present status unless the party is expected, `day-closed` once its day is over, and `in-progress`
 * and `key-reused` on account of the key.
 */
export async function sayLate({
  reservationId,
  minutes,
  actor,
  scope,
  isMailedTo,
  key = null,
}: Asked & {
  minutes: number
  key?: string | null
}): Promise<Result<LateReservation, LatenessRefusal>> {
  const lateMinutes = minutes || null
  const say = async (tx: Transaction, stop: Stop<LatenessRefusal>) => {
    const by = await lockActorKind(tx, { reservationId, actor, scope, isMailedTo })
    if (!by) return stop(refuse('not-found'))
    const answer = async () => {
      const party = await lockExpected(tx, reservationId)
      if (!party) return stop(refuse('not-found'))
      const { restaurantId, serviceDate, status } = party
      if (party.isRunOut) return stop(refuse('hold-expired'))
      if (status !== 'CONFIRMED') return stop(refuse('cannot-move', { present: status }))
      const { today } = await readActMoment(tx, { restaurantId })
      if (serviceDate < today) return stop(refuse('day-closed', { serviceDate, today }))
      if (party.lateMinutes === lateMinutes) return { id: reservationId, lateMinutes }
      await tx.$executeRaw`
        UPDATE reservations SET late_minutes = ${lateMinutes}::smallint WHERE id = ${reservationId}::uuid`
      await recordAct(tx, {
        subject: 'RESERVATION',
        subjectId: reservationId,
        restaurantId,
        actor: { ...actor, role: by },
        act: 'SAY_LATE',
        from: status,
        to: status,
        details: { minutes: lateMinutes },
      })
      return { id: reservationId, lateMinutes }
    }
    const asker = actor.accountId === null ? null : { accountId: actor.accountId }
    const request = { reservationId, act: 'SAY_LATE', minutes }
    return runOnce<LateReservation>(tx, { asker, key, request, stop, answer })
  }
  return runTransaction(say)
}

/**
 * The same through the link mailed to the diner or guest, which acts as they would. Locks the diner's
 * account or the guest, then like `sayLate`. Refuses as `actByLink` and `sayLate` do.
 */
export function sayLateByLink({
  minutes,
  ...by
}: {
  token: string
  minutes: number
  address: string | null
}): Promise<Result<LateReservation>> {
  return actByLink<LateReservation>({
    ...by,
    act: ({ asked }) => sayLate({ ...asked, minutes }),
  })
}
