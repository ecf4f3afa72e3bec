import type { Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { occupiesSlots } from './rules'
import type { ReservationStatus } from './types'

export type LockedReservation = {
  id: string
  restaurantId: string
  dinerId: string | null
  status: ReservationStatus
  walkIn: boolean
  serviceDate: string
  startsAt: Date
  /** The instant of this transaction, by the database's clock. */
  now: Date
  /** The hold's deadline has passed, but no process has recorded it yet. */
  isRunOut: boolean
  heldUntil: Date | null
  isHoldOver: boolean
  slotIds: string[]
}

/**
 * Locks the slots a reservation has or had, in id order, and then the reservation itself: the one
 * lock order of every write that moves a reservation. Null: there is no such reservation.
 * `isRunOut` is judged by the database's clock.
 */
export async function lockReservation(
  tx: Transaction,
  reservationId: string,
): Promise<LockedReservation | null> {
  const slots = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM slots s JOIN reservation_slots c ON c.slot_id = s.id
     WHERE c.reservation_id = ${reservationId}::uuid ORDER BY s.id FOR UPDATE OF s`
  const [reservation] = await tx.$queryRaw<Omit<LockedReservation, 'slotIds'>[]>`
    SELECT id, restaurant_id AS "restaurantId", diner_id AS "dinerId", status::text AS status,
           walk_in AS "walkIn", service_date::text AS "serviceDate", starts_at AS "startsAt", now(),
           coalesce(status = 'HELD' AND hold_expires_at <= now(), false) AS "isRunOut",
           hold_expires_at AS "heldUntil", coalesce(hold_expires_at <= now(), true) AS "isHoldOver"
      FROM reservations WHERE id = ${reservationId}::uuid FOR UPDATE`
  return reservation ? { ...reservation, slotIds: slots.map((slot) => slot.id) } : null
}

async function releaseSlots(tx: Transaction, { id, slotIds }: LockedReservation): Promise<void> {
  await tx.$executeRaw`
    UPDATE reservation_slots SET released_at = now() WHERE reservation_id = ${id}::uuid AND released_at IS NULL`
  await tx.$executeRaw`
    UPDATE slots SET taken = false, held_until = NULL WHERE id = ANY(${slotIds}::uuid[])`
}

/** Expires the run-out holds on these locked slots, so that the slots can be taken. */
export async function endOverdueReservations(tx: Transaction, slotIds: string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT end_overdue_reservation(c.reservation_id) FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
     WHERE s.id = ANY(${slotIds}::uuid[]) AND c.released_at IS NULL AND s.held_until <= now()`
}

async function retakeSlots(
  tx: Transaction,
  { reservation, to }: { reservation: LockedReservation; to: ReservationStatus },
): Promise<Result<null, 'slot-taken' | 'hold-expired'>> {
  const { id, slotIds, heldUntil, isHoldOver } = reservation
  if (to === 'HELD' && isHoldOver) return refuse('hold-expired')
  const [{ free } = { free: 0 }] = await tx.$queryRaw<{ free: number }[]>`
    SELECT count(*)::int AS free FROM slots
     WHERE id = ANY(${slotIds}::uuid[]) AND NOT blocked AND deleted_at IS NULL AND is_slot_free(taken, held_until, now())`
  if (free < slotIds.length) return refuse('slot-taken')
  await endOverdueReservations(tx, slotIds)
  await tx.$executeRaw`
    UPDATE slots SET taken = true, held_until = ${to === 'HELD' ? heldUntil : null}::timestamptz
     WHERE id = ANY(${slotIds}::uuid[])`
  await tx.$executeRaw`UPDATE reservation_slots SET released_at = NULL WHERE reservation_id = ${id}::uuid`
  return succeed(null)
}

/**
 * Writes a new status and, in the same transaction, frees or retakes the slots as the status
 * demands (G6). The reservation and its slots must be locked by `lockReservation`. Refuses
 * `slot-taken` when other parties have taken the slots meanwhile, and `hold-expired` when a hold
 * can't come back.
 */
export async function writeStatus(
  tx: Transaction,
  {
    reservation,
    to,
    cancelledBy,
  }: { reservation: LockedReservation; to: ReservationStatus; cancelledBy: string | null },
): Promise<Result<null, 'slot-taken' | 'hold-expired'>> {
  const occupied = occupiesSlots(reservation.status)
  const occupies = occupiesSlots(to)
  if (!occupied && occupies) {
    const retaken = await retakeSlots(tx, { reservation, to })
    if (!retaken.ok) return retaken
  }
  if (occupied && !occupies) await releaseSlots(tx, reservation)
  if (occupied && occupies)
    // A confirmed reservation is no longer a hold.
    await tx.$executeRaw`UPDATE slots SET held_until = NULL WHERE id = ANY(${reservation.slotIds}::uuid[])`
  await tx.$executeRaw`
    UPDATE reservations
       SET status = ${to}::reservation_status,
           cancelled_by = ${to === 'CANCELLED' ? cancelledBy : null},
           sequence = sequence + 1
     WHERE id = ${reservation.id}::uuid`
  return succeed(null)
}
