import { beginAnew, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { listOccupied } from './occupancy.queries'
import type { OffPlanStay } from './off-plan.commands'
import { occupiesSlots } from './rules'
import type { ActingSide, ReservationStatus } from './types'

export type LockedReservation = {
  id: string
  restaurantId: string
  dinerId: string | null
  /** Whom staff booked it for. Null: it is not by staff, or the guest is forgotten. */
  guestId: string | null
  /** Staff insisted on it beside another of the same guest and date. */
  isExtra: boolean
  /** A party that was still seated when its day ended has LEFT, before that is recorded. */
  status: ReservationStatus
  walkIn: boolean
  partySize: number
  /** Rises with each change of its place or status. */
  sequence: number
  serviceDate: string
  startsAt: Date
  endsAt: Date
  arrivedAt: Date | null
  /** How late the party says it will be. Null: it said nothing. */
  lateMinutes: number | null
  cancelledBy: string | null
  /** It was cancelled while it was a hold. */
  wasHeld: boolean
  seatedAt: Date | null
  /** The business day on which it sat down. Null: it never did. */
  seatedDate: string | null
  /** The instant of this transaction, by the database's clock. */
  now: Date
  /** The hold's deadline has passed, but no process has recorded it yet. */
  isRunOut: boolean
  heldUntil: Date | null
  /** As a hold it is not for its diner to confirm. */
  awaitsStaff: boolean
  isHoldOver: boolean
  /** Where it is, or was when it ended; those from which a change took it are not among them. */
  slotIds: string[]
}

/**
 * Locks the slots these reservations have or had, and `alsoSlotIds`, as `lock_slots` does, with the
 * tables at which slots are to be made (`offPlan`), and then the reservations themselves in id order: the
 * one lock order of every write that moves a reservation. Unknown ones are left out.
 * `isRunOut` is judged by the database's clock.
 *
 * Begins anew where one was changed to other slots before its own were locked, so a transaction that
 * calls it has tries left.
 */
export async function lockReservations(
  tx: Transaction,
  {
    reservationIds,
    alsoSlotIds = [],
    offPlan = [],
  }: { reservationIds: string[]; alsoSlotIds?: string[]; offPlan?: readonly OffPlanStay[] },
): Promise<LockedReservation[]> {
  const [first] = offPlan
  const [locked] = await tx.$queryRaw<{ ids: string[] }[]>`
    SELECT lock_slots(
      p_slots => ARRAY(SELECT slot_id FROM reservation_slots
                        WHERE reservation_id = ANY(${reservationIds}::uuid[]) AND NOT moved_away) || ${alsoSlotIds}::uuid[],
      p_tables => ${offPlan.map(({ tableId }) => tableId)}::uuid[],
      p_starts_at => ${first?.startsAt ?? null}::timestamptz, p_ends_at => ${first?.endsAt ?? null}::timestamptz) AS ids`
  const reservations = await tx.$queryRaw<LockedReservation[]>`
    SELECT v.id, v.restaurant_id AS "restaurantId", v.diner_id AS "dinerId",
           v.guest_id AS "guestId", v.is_extra AS "isExtra",
           CASE WHEN is_seating_over(v.status, v.seated_at, r.time_zone, r.day_cut_minutes) THEN 'LEFT'
                ELSE v.status::text END AS status,
           v.walk_in AS "walkIn", v.party_size AS "partySize", v.sequence, v.service_date::text AS "serviceDate",
           v.starts_at AS "startsAt", v.ends_at AS "endsAt", now(),
           v.arrived_at AS "arrivedAt", v.late_minutes AS "lateMinutes", v.cancelled_by AS "cancelledBy", v.seated_at AS "seatedAt",
           service_date_at(v.seated_at, r.time_zone, r.day_cut_minutes)::text AS "seatedDate",
           v.status = 'CANCELLED' AND v.hold_expires_at IS NOT NULL AND coalesce((
             SELECT e.from_status = 'HELD' FROM audit_events e
              WHERE e.subject_id = v.id AND e.act = 'CANCEL' AND e.undone_at IS NULL
              ORDER BY e.at DESC LIMIT 1), false) AS "wasHeld",
           coalesce(v.status = 'HELD' AND v.hold_expires_at <= now(), false) AS "isRunOut",
           v.hold_expires_at AS "heldUntil", v.awaits_staff AS "awaitsStaff", coalesce(v.hold_expires_at <= now(), true) AS "isHoldOver",
           ARRAY(SELECT c.slot_id FROM reservation_slots c
                  WHERE c.reservation_id = v.id AND NOT c.moved_away ORDER BY c.slot_id) AS "slotIds"
      FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
     WHERE v.id = ANY(${reservationIds}::uuid[]) ORDER BY v.id FOR UPDATE OF v`
  const lockedIds = new Set(locked?.ids)
  if (reservations.some(({ slotIds }) => slotIds.some((id) => !lockedIds.has(id)))) beginAnew()
  return reservations
}

/** Locks one reservation like `lockReservations`. Null: there is no such reservation. */
export async function lockReservation(
  tx: Transaction,
  reservationId: string,
): Promise<LockedReservation | null> {
  const [reservation] = await lockReservations(tx, { reservationIds: [reservationId] })
  return reservation ?? null
}

/** A command that moves a reservation starts over this often when another one moves it meanwhile. */
export const MOVE_TRIES = 4

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

/**
 * Makes the slots off the plan among these there again (`retake_off_plan`). They are locked. False:
 * another party has the time of one.
 */
export async function retakeOffPlan(tx: Transaction, slotIds: string[]): Promise<boolean> {
  const [retaken] = await tx.$queryRaw<{ isHad: boolean }[]>`
    SELECT retake_off_plan(p_slots => ${slotIds}::uuid[]) AS "isHad"`
  return retaken?.isHad ?? false
}

/** The numbers of the tables of these slots that are out of use. */
export async function listRetired(tx: Transaction, slotIds: string[]): Promise<number[]> {
  const tables = await tx.$queryRaw<{ number: number }[]>`
    SELECT DISTINCT t.number FROM slots s JOIN restaurant_tables t ON t.id = s.table_id
     WHERE s.id = ANY(${slotIds}::uuid[]) AND t.deleted_at IS NOT NULL ORDER BY t.number`
  return tables.map(({ number }) => number)
}

async function retakeSlots(
  tx: Transaction,
  { reservation, to }: { reservation: LockedReservation; to: ReservationStatus },
): Promise<Result<null, 'slot-taken' | 'no-such-table'>> {
  const { id, slotIds, heldUntil } = reservation
  const tableNumbers = await listRetired(tx, slotIds)
  if (tableNumbers.length > 0) return refuse('no-such-table', { tableNumbers })
  const [{ free } = { free: 0 }] = await tx.$queryRaw<{ free: number }[]>`
    SELECT count(*)::int AS free FROM slots
     WHERE id = ANY(${slotIds}::uuid[])
       AND (off_plan OR ((NOT blocked OR closed) AND deleted_at IS NULL AND is_slot_free(taken, held_until, now())))`
  if (free < slotIds.length || !(await retakeOffPlan(tx, slotIds))) return refuse('slot-taken')
  await endOverdueReservations(tx, slotIds)
  await tx.$executeRaw`
    UPDATE slots SET taken = true, held_until = ${to === 'HELD' ? heldUntil : null}::timestamptz
     WHERE id = ANY(${slotIds}::uuid[])`
  await tx.$executeRaw`
    UPDATE reservation_slots SET released_at = NULL WHERE reservation_id = ${id}::uuid AND NOT moved_away`
  return succeed(null)
}

/** What writing a status can be refused for. */
export type WriteRefusal = 'slot-taken' | 'table-occupied' | 'no-such-table' | 'hold-expired'

/**
 * Writes a new status and, in the same transaction, frees or retakes the slots as the status
 * demands (G6); a trigger does the same with the tables of a seated party (G21). The reservation and
 * its slots must be locked by `lockReservation`; occupancies are locked after them, in the order of
 * their tables. Refuses `slot-taken` when other parties have taken the slots meanwhile,
 * `table-occupied` with the `tableNumbers` at which others sit, `no-such-table` with those that are out
 * of use, and `hold-expired` when a hold can't come back.
 *
 * `at` is when a party sat down or left. Null: it goes on sitting where it sat before.
 */
export async function writeStatus(
  tx: Transaction,
  {
    reservation,
    to,
    cancelledBy,
    at = null,
  }: {
    reservation: LockedReservation
    to: ReservationStatus
    cancelledBy: ActingSide | null
    at?: Date | null
  },
): Promise<Result<null, WriteRefusal>> {
  const { id, slotIds, status, seatedAt, now, heldUntil, isHoldOver } = reservation
  if (to === 'HELD' && isHoldOver) return refuse('hold-expired')
  const occupied = occupiesSlots(status)
  const occupies = occupiesSlots(to)
  if (to === 'SEATED') {
    const sits = { reservationId: id, slotIds, at: at ?? seatedAt ?? now }
    const tableNumbers = await listOccupied(tx, sits)
    if (tableNumbers.length > 0) return refuse('table-occupied', { tableNumbers })
  }
  if (!occupied && occupies) {
    const retaken = await retakeSlots(tx, { reservation, to })
    if (!retaken.ok) return retaken
  }
  if (occupied && !occupies) await releaseSlots(tx, reservation)
  if (occupied && occupies)
    // A confirmed reservation is no longer a hold, unless staff take that back.
    await tx.$executeRaw`
      UPDATE slots SET held_until = ${to === 'HELD' ? heldUntil : null}::timestamptz WHERE id = ANY(${slotIds}::uuid[])`
  await tx.$executeRaw`
    UPDATE reservations
       SET status = ${to}::reservation_status,
           cancelled_by = ${to === 'CANCELLED' ? cancelledBy : null},
           seated_at = coalesce(${to === 'SEATED' ? at : null}::timestamptz, seated_at),
           left_at = ${to === 'LEFT' ? at : null}::timestamptz,
           sequence = sequence + 1
     WHERE id = ${id}::uuid`
  return succeed(null)
}
