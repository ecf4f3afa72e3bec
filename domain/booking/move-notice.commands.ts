import type { UsualReason } from '@/domain/notification/usual-reason.types'
import type { Transaction } from '@/lib/db/transaction'
import { UNDO_SECONDS } from './rules'
import type { LockedReservation } from './slot-lock.commands'
import type { ActorKind, ReservationAct, ReservationStatus } from './types'

/** What tells the diner of an act that led there; null: nothing does. */
function nameNotice({ act, to }: { act: ReservationAct; to: ReservationStatus }): string | null {
  if (act === 'CANCEL') return 'RESERVATION_CANCELLED'
  if (act === 'NO_SHOW') return 'RESERVATION_NO_SHOW'
  if (act === 'CONFIRM') return 'RESERVATION_CONFIRMED'
  // Its diner has been told that it was cancelled.
  if (act === 'CORRECT_CANCEL') return to === 'HELD' ? 'RESERVATION_HELD' : 'RESERVATION_CONFIRMED'
  return null
}

/** Queues the diner's notice; that of an undoable act waits out its ten seconds. */
export async function tellDiner(
  tx: Transaction,
  {
    reservationId,
    eventId,
    act,
    to,
    by,
    reason,
    usualReason,
  }: {
    reservationId: string
    eventId: string
    act: ReservationAct
    to: ReservationStatus
    by: ActorKind
    reason: string | undefined
    usualReason?: UsualReason | undefined
  },
): Promise<void> {
  const kind = nameNotice({ act, to })
  if (!kind) return
  const waitSeconds = by === 'DINER' ? 0 : UNDO_SECONDS
  await tx.$executeRaw`
    SELECT queue_reservation_notice(${reservationId}::uuid, ${eventId}::uuid, ${kind}, e.at + make_interval(secs => ${waitSeconds}::int))
      FROM audit_events e WHERE e.id = ${eventId}::uuid`
  if (reason === undefined && usualReason === undefined) return
  const why = reason === undefined ? { usualReason } : { reason }
  await tx.$executeRaw`
    UPDATE notices SET payload = payload || ${JSON.stringify(why)}::jsonb
     WHERE event_id = ${eventId}::uuid`
}

/**
 * Queues what the diner learns of a change: one notice with the old and the new time and size, only when
 * date or time has changed, and new reminders in place of those that hold the old promise. That of staff waits
 * out its ten seconds.
 */
export async function tellChange(
  tx: Transaction,
  {
    before: { id, serviceDate, startsAt, endsAt, partySize },
    after,
    eventId,
    by,
  }: {
    before: LockedReservation
    after: { serviceDate: string; startsAt: Date; endsAt: Date }
    eventId: string
    by: ActorKind
  },
): Promise<void> {
  const isTold =
    serviceDate !== after.serviceDate ||
    startsAt.getTime() !== after.startsAt.getTime() ||
    endsAt.getTime() !== after.endsAt.getTime()
  const waitSeconds = by === 'DINER' ? 0 : UNDO_SECONDS
  await renewReminders(tx, {
    reservationId: id,
    eventId,
    kind: isTold ? 'RESERVATION_CHANGED' : null,
    waitSeconds,
  })
  const told = {
    changedBy: by,
    before: {
      serviceDate,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      partySize,
    },
  }
  await tx.$executeRaw`
    UPDATE notices SET payload = payload || ${JSON.stringify(told)}::jsonb
     WHERE event_id = ${eventId}::uuid AND kind = 'RESERVATION_CHANGED'`
}

/** Drops the reminders that wait and queues those of the present time, after a notice of that kind. */
export async function renewReminders(
  tx: Transaction,
  {
    reservationId,
    eventId,
    kind = null,
    waitSeconds = 0,
  }: {
    reservationId: string
    eventId: string
    /** Null: the diner learns nothing. */
    kind?: string | null
    waitSeconds?: number
  },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE notices SET state = 'DROPPED', dropped_because = 'changed'
     WHERE subject_id = ${reservationId}::uuid AND kind IN ('RESERVATION_TOMORROW', 'RESERVATION_SOON')
       AND state = 'QUEUED' AND lease_token IS NULL`
  await tx.$executeRaw`
    SELECT queue_reservation_notice(${reservationId}::uuid, ${eventId}::uuid, ${kind}, e.at + make_interval(secs => ${waitSeconds}::int))
      FROM audit_events e WHERE e.id = ${eventId}::uuid`
}
