import type { Transaction } from '@/lib/db/transaction'
import { UNDO_SECONDS } from './rules'
import type { ActorKind, ReservationAct } from './types'

const noticeOf: Partial<Record<ReservationAct, string>> = {
  CONFIRM: 'RESERVATION_CONFIRMED',
  CANCEL: 'RESERVATION_CANCELLED',
  NO_SHOW: 'RESERVATION_NO_SHOW',
  // Its diner has been told that it was cancelled.
  CORRECT_CANCEL: 'RESERVATION_CONFIRMED',
}

/** Queues the diner's notice; that of an undoable act waits out its ten seconds. */
export async function tellDiner(
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
