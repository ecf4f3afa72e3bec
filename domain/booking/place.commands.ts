import type { Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { type OffPlanStay, takeOffPlan } from './off-plan.commands'
import { endOverdueReservations, type LockedReservation, retakeOffPlan } from './slot-lock.commands'

/** Where and when a party sits. */
export type Place = {
  slotIds: string[]
  serviceDate: string
  startsAt: Date
  endsAt: Date
  /** Times of its own at which it is to sit besides. Absent: none. */
  offPlan?: readonly OffPlanStay[]
}

export type PlaceMove = {
  reservation: LockedReservation
  place: Place
  partySize: number
  /** The hold's deadline at its new place. Null: it is no hold. */
  heldUntil: Date | null
  /** Whether it stands beside another of its guest there. Absent: as before. */
  isExtra?: boolean
  /** What the party had told about this place, when it comes back to it. Absent: nothing yet. */
  told?: { arrivedAt: Date | null; lateMinutes: number | null }
}

const withoutOf = (slotIds: string[], others: string[]) =>
  slotIds.filter((id) => !others.includes(id))

/** A date that is left keeps, for the log of its opening, the entry with which its diner booked. */
async function leavePlaces(tx: Transaction, moves: PlaceMove[]): Promise<void> {
  for (const { reservation, place } of moves) {
    const left = withoutOf(reservation.slotIds, place.slotIds)
    await tx.$executeRaw`
      UPDATE reservation_slots c
         SET released_at = now(), moved_away = true, entry_id = coalesce(c.entry_id, (
               SELECT e.entry_id FROM openings o
                 JOIN opening_entries e ON e.opening_id = o.id AND e.account_id = ${reservation.dinerId}::uuid
                WHERE o.restaurant_id = ${reservation.restaurantId}::uuid AND o.cancelled_at IS NULL
                  AND o.service_date = ${reservation.serviceDate}::date AND o.service_date <> ${place.serviceDate}::date))
       WHERE c.reservation_id = ${reservation.id}::uuid AND c.slot_id = ANY(${left}::uuid[])`
    await tx.$executeRaw`
      UPDATE slots SET taken = false, held_until = NULL WHERE id = ANY(${left}::uuid[])`
  }
}

/** None of them gives way to another party that is off the plan. */
async function areThere(tx: Transaction, slotIds: string[]): Promise<boolean> {
  const [{ gone } = { gone: 0 }] = await tx.$queryRaw<{ gone: number }[]>`
    SELECT count(*)::int AS gone FROM slots WHERE id = ANY(${slotIds}::uuid[]) AND deleted_at IS NOT NULL`
  return gone === 0
}

/** The slots of a place; those off the plan are made, or made again, where another party has no part of it. */
async function findPlaceSlots(
  tx: Transaction,
  { reservation: { restaurantId }, place }: PlaceMove,
): Promise<Result<string[], 'slot-taken'>> {
  const { slotIds, serviceDate, offPlan: stays = [] } = place
  if (!(await retakeOffPlan(tx, slotIds)) || !(await areThere(tx, slotIds)))
    return refuse('slot-taken')
  const made = await takeOffPlan(tx, { restaurantId, serviceDate, stays })
  return made.ok ? succeed([...slotIds, ...made.value]) : made
}

/** A slot on a date to which the reservation comes by this change says since when. */
async function takePlace(
  tx: Transaction,
  { reservation, heldUntil, slotIds }: PlaceMove & { slotIds: string[] },
): Promise<void> {
  const come = withoutOf(slotIds, reservation.slotIds)
  await endOverdueReservations(tx, come)
  await tx.$executeRaw`
    INSERT INTO reservation_slots (reservation_id, slot_id, moved_in_at)
    SELECT ${reservation.id}::uuid, s.id, CASE WHEN known.rows = 0 THEN now() ELSE known.moved_in_at END
      FROM slots s
     CROSS JOIN LATERAL (
       SELECT count(*) AS rows, min(c.moved_in_at) AS moved_in_at
         FROM reservation_slots c JOIN slots b ON b.id = c.slot_id
        WHERE c.reservation_id = ${reservation.id}::uuid AND b.service_date = s.service_date) known
     WHERE s.id = ANY(${come}::uuid[])
    ON CONFLICT (reservation_id, slot_id) DO UPDATE SET released_at = NULL, moved_away = false`
  await tx.$executeRaw`
    UPDATE slots SET taken = true, held_until = ${heldUntil}::timestamptz WHERE id = ANY(${slotIds}::uuid[])`
}

/**
 * What a party had told about its old time is not true of its new one. A hold of the same diner on the
 * new date makes room once it has run out (G2).
 */
async function writePlace(
  tx: Transaction,
  { reservation, place, partySize, heldUntil, isExtra, told }: PlaceMove,
): Promise<void> {
  const { serviceDate, startsAt, endsAt } = place
  const isOtherDate = serviceDate !== reservation.serviceDate
  const isOtherTime = startsAt.getTime() !== reservation.startsAt.getTime()
  const arrivedAt = isOtherDate ? null : reservation.arrivedAt
  const lateMinutes = isOtherTime ? null : reservation.lateMinutes
  await tx.$queryRaw`
    SELECT end_overdue_reservation(v.id) FROM reservations v
     WHERE v.diner_id = ${reservation.dinerId}::uuid AND v.restaurant_id = ${reservation.restaurantId}::uuid
       AND v.service_date = ${serviceDate}::date AND v.id <> ${reservation.id}::uuid
       AND v.status = 'HELD' AND v.hold_expires_at <= now()`
  await tx.$executeRaw`
    UPDATE reservations
       SET service_date = ${serviceDate}::date, starts_at = ${startsAt}::timestamptz, ends_at = ${endsAt}::timestamptz,
           party_size = ${partySize}::int, hold_expires_at = coalesce(${heldUntil}::timestamptz, hold_expires_at),
           arrived_at = ${told ? told.arrivedAt : arrivedAt}::timestamptz,
           late_minutes = ${told ? told.lateMinutes : lateMinutes}::smallint,
           is_extra = coalesce(${isExtra ?? null}::boolean, is_extra), sequence = sequence + 1
     WHERE id = ${reservation.id}::uuid`
}

/**
 * Moves reservations to their new places: all claims are released before any is taken, so that two can
 * exchange theirs (G22), and a slot that is left is free in the same transaction. All their slots, old
 * and new, are locked, the new ones free but for run-out holds and for what the others leave, and the
 * reservations locked after them. Slots off the plan are gone when they are left, so that what had given
 * way to them can be had. Refuses `slot-taken` where another party has a part of a time off the plan; the
 * caller rolls back.
 */
export async function movePlaces(
  tx: Transaction,
  moves: PlaceMove[],
): Promise<Result<null, 'slot-taken'>> {
  await leavePlaces(tx, moves)
  for (const move of moves) {
    const found = await findPlaceSlots(tx, move)
    if (!found.ok) return found
    await takePlace(tx, { ...move, slotIds: found.value })
  }
  for (const move of moves) await writePlace(tx, move)
  return succeed(null)
}

/**
 * A hold never outlives the start of its slot, unless staff move it to one that has begun: there it
 * would be over at once. Null: it is no hold.
 */
export function limitHold({
  reservation: { status, heldUntil, now },
  startsAt,
}: {
  reservation: LockedReservation
  startsAt: Date
}): Date | null {
  if (status !== 'HELD' || heldUntil === null) return null
  return startsAt <= now || heldUntil < startsAt ? heldUntil : startsAt
}

/** The place a reservation has. */
export const placeOf = ({ slotIds, serviceDate, startsAt, endsAt }: LockedReservation): Place => ({
  slotIds,
  serviceDate,
  startsAt,
  endsAt,
})
