import type { Stop, Transaction } from '@/lib/db/transaction'
import { refuse } from '@/lib/problems/result'
import type { PlaceMove } from './place.commands'

/**
 * The guest has one to come on that date: as the guest, as one they are merged with, or as a diner.
 * `exceptId`: the reservation that moves.
 */
export async function hasOther(
  tx: Transaction,
  {
    guestId,
    serviceDate,
    exceptId = null,
  }: { guestId: string; serviceDate: string; exceptId?: string | null },
): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ hasOther: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM reservations_of_guest(p_guest => ${guestId}::uuid) v
       WHERE v.service_date = ${serviceDate}::date AND v.id IS DISTINCT FROM ${exceptId}::uuid
         AND is_reservation_coming(v.status, v.hold_expires_at, now())) AS "hasOther"`
  return found?.hasOther ?? false
}

/**
 * On another date a guest's reservation is an ordinary one, or stands beside one that the guest has there
 * (G2). Stops with `already-booked` for the latter, unless staff insist.
 */
export async function judgeExtra(
  tx: Transaction,
  { move, insists, stop }: { move: PlaceMove; insists: boolean; stop: Stop<'already-booked'> },
): Promise<PlaceMove> {
  const { id, guestId, serviceDate: dateBefore } = move.reservation
  const { serviceDate } = move.place
  if (guestId === null || serviceDate === dateBefore) return move
  const isExtra = await hasOther(tx, { guestId, serviceDate, exceptId: id })
  if (isExtra && !insists) return stop(refuse('already-booked', (await nameOther(tx, move)) ?? {}))
  return { ...move, isExtra }
}

/**
 * The other reservation that a party has to come on the date to which staff move it, for the words of the
 * refusal: `reservationId`, `startsAt` and `tableNumbers`. Null: it is not known whose it is.
 */
async function nameOther(
  tx: Transaction,
  { reservation, place }: PlaceMove,
): Promise<Other | null> {
  const { id, guestId, dinerId } = reservation
  const [other] = await tx.$queryRaw<Other[]>`
    SELECT v.id AS "reservationId", iso_instant(v.starts_at) AS "startsAt",
           ARRAY(SELECT DISTINCT t.number FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
                   JOIN restaurant_tables t ON t.id = s.table_id
                  WHERE c.reservation_id = v.id AND NOT c.moved_away ORDER BY t.number) AS "tableNumbers"
      FROM reservations v
     WHERE v.restaurant_id = ${reservation.restaurantId}::uuid AND v.service_date = ${place.serviceDate}::date
       AND v.id <> ${id}::uuid AND is_reservation_coming(v.status, v.hold_expires_at, now())
       AND (v.guest_id = ${guestId}::uuid OR v.diner_id = ${dinerId}::uuid
            OR v.diner_id = (SELECT a.id FROM guests g JOIN accounts a ON a.email = g.email AND a.email_confirmed_at IS NOT NULL
                              WHERE g.id = ${guestId}::uuid))
     ORDER BY v.starts_at LIMIT 1`
  return other ?? null
}

type Other = { reservationId: string; startsAt: string; tableNumbers: number[] }

/**
 * A diner has one reservation to come on a date (G2), on which staff can't insist; a unique index is the
 * judge, and this names the other one. Stops with `already-booked`.
 */
export async function judgeOnly(
  tx: Transaction,
  { move, stop }: { move: PlaceMove; stop: Stop<'already-booked'> },
): Promise<void> {
  const { dinerId, serviceDate } = move.reservation
  if (dinerId === null || serviceDate === move.place.serviceDate) return
  const other = await nameOther(tx, move)
  if (other) stop(refuse('already-booked', other))
}
