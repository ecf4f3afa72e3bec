import type { Stop, Transaction } from '@/lib/db/transaction'
import { refuse } from '@/lib/problems/result'
import type { PlannedSlot, StayTable } from './change.rules'
import type { ChangedReservation } from './change.schema'

/** What a change leads to: what is not asked for stays as it is. */
export type Wish = {
  restaurantId: string
  serviceDate: string
  startsAt: Date
  partySize: number
  note: string | null
  allergies: string | null
  /** The present ones. */
  tableNumbers: number[]
  /** How many slots it has at one of its tables. */
  seatings: number
  /** How long it stays now. */
  presentMinutes: number
  /** Neither date nor time differ. */
  keepsTime: boolean
  /** Neither date, time nor size differ. */
  isInPlace: boolean
  /** The restaurant's, at this instant. */
  today: string
}

type Asked = {
  serviceDate?: string | undefined
  startsAt?: string | undefined
  partySize?: number | undefined
  note?: string | null | undefined
  allergies?: string | null | undefined
}

/**
 * The reservation as the change would have it. On another date, without a time, it keeps the time on the
 * wall. Null: there is no such reservation. Locks nothing.
 */
export async function readWish(
  db: Pick<Transaction, '$queryRaw'>,
  { reservationId, change }: { reservationId: string; change: Asked },
): Promise<Wish | null> {
  const { serviceDate = null, startsAt = null, partySize = null, note, allergies } = change
  const [wish] = await db.$queryRaw<Wish[]>`
    SELECT v.restaurant_id AS "restaurantId", w.service_date::text AS "serviceDate",
           w.starts_at AS "startsAt", w.party_size AS "partySize",
           CASE WHEN ${note !== undefined} THEN ${note ?? null} ELSE v.note END AS note,
           CASE WHEN ${allergies !== undefined} THEN ${allergies ?? null} ELSE v.allergies END AS allergies,
           ARRAY(SELECT DISTINCT t.number FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
                   JOIN restaurant_tables t ON t.id = s.table_id
                  WHERE c.reservation_id = v.id AND NOT c.moved_away ORDER BY t.number) AS "tableNumbers",
           (SELECT coalesce(max(n), 1)::int FROM (
              SELECT count(*) AS n FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
               WHERE c.reservation_id = v.id AND NOT c.moved_away GROUP BY s.table_id) per_table) AS seatings,
           (extract(epoch FROM v.ends_at - v.starts_at) / 60)::int AS "presentMinutes",
           w.service_date = v.service_date AND w.starts_at = v.starts_at AND w.party_size = v.party_size AS "isInPlace",
           w.service_date = v.service_date AND w.starts_at = v.starts_at AS "keepsTime",
           service_date_at(now(), r.time_zone, r.day_cut_minutes)::text AS today
      FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
     CROSS JOIN LATERAL (SELECT coalesce(${serviceDate}::date, v.service_date) AS service_date) d
     CROSS JOIN LATERAL (
       SELECT d.service_date, coalesce(${partySize}::int, v.party_size) AS party_size,
              coalesce(${startsAt}::timestamptz,
                ((v.starts_at AT TIME ZONE r.time_zone) + make_interval(days => d.service_date - v.service_date))
                  AT TIME ZONE r.time_zone) AS starts_at) w
     WHERE v.id = ${reservationId}::uuid`
  return wish ?? null
}

/**
 * The slots of these tables on a date, those of the plan and those made for a party, and those named, also
 * at a table that is out of use, whose number another may have by now; those of the parties
 * that move count as open, and what gave way to nobody but them is there. Locks nothing.
 */
export async function listPlannedSlots(
  tx: Transaction,
  {
    restaurantId,
    serviceDate,
    tableIds = [],
    slotIds = [],
    movingIds,
  }: {
    restaurantId: string
    serviceDate: string
    tableIds?: string[]
    slotIds?: string[]
    movingIds: string[]
  },
): Promise<PlannedSlot[]> {
  return tx.$queryRaw<PlannedSlot[]>`
    SELECT s.id, t.number AS "tableNumber", s.starts_at AS "startsAt", s.ends_at AS "endsAt", s.max_party AS "maxParty",
           s.off_plan AS "isOffPlan",
           own.has OR (NOT s.blocked AND is_slot_free(s.taken, s.held_until, now())) AS "isOpen",
           CASE WHEN NOT own.has AND NOT is_slot_free(s.taken, s.held_until, now()) THEN c.reservation_id END AS "takenBy"
      FROM slots s
      JOIN restaurant_tables t ON t.id = s.table_id
      LEFT JOIN reservation_slots c ON c.slot_id = s.id AND c.released_at IS NULL
     CROSS JOIN LATERAL (SELECT coalesce(c.reservation_id = ANY(${movingIds}::uuid[]), false) AS has) own
     WHERE s.restaurant_id = ${restaurantId}::uuid AND s.service_date = ${serviceDate}::date
       AND (s.table_id = ANY(${tableIds}::uuid[]) OR s.id = ANY(${slotIds}::uuid[]))
       AND (s.deleted_at IS NULL OR (s.gave_way AND NOT EXISTS (
             SELECT FROM slots o JOIN reservation_slots held ON held.slot_id = o.id AND held.released_at IS NULL
              WHERE o.table_id = s.table_id AND o.off_plan AND o.deleted_at IS NULL
                AND tstzrange(o.starts_at, o.ends_at) && tstzrange(s.starts_at, s.ends_at)
                AND held.reservation_id <> ALL (${movingIds}::uuid[]))))
     ORDER BY t.number, s.starts_at`
}

/** The tables of these slots that are closed at a part of the slot's time. The slots are locked. */
export async function listClosedTables(tx: Transaction, slotIds: string[]): Promise<number[]> {
  const closed = await tx.$queryRaw<{ number: number }[]>`
    SELECT DISTINCT t.number FROM slots s JOIN restaurant_tables t ON t.id = s.table_id
      JOIN closed_tables c ON c.table_id = s.table_id
       AND tstzrange(c.starts_at, c.ends_at) && tstzrange(s.starts_at, s.ends_at)
     WHERE s.id = ANY(${slotIds}::uuid[]) ORDER BY t.number`
  return closed.map(({ number }) => number)
}

/** Those of these tables that the restaurant has, and uses, in id order. */
export async function listKnownTables(
  tx: Transaction,
  { restaurantId, tableNumbers }: { restaurantId: string; tableNumbers: number[] },
): Promise<StayTable[]> {
  return tx.$queryRaw<StayTable[]>`
    SELECT t.id, t.number, t.max_party AS "maxParty",
           EXISTS (SELECT FROM occupancies o
                    WHERE o.table_id = t.id AND o.ended_at IS NULL
                      AND o.service_date = service_date_at(now(), r.time_zone, r.day_cut_minutes)) AS "isOccupied"
      FROM restaurant_tables t JOIN restaurants r ON r.id = t.restaurant_id
     WHERE t.restaurant_id = ${restaurantId}::uuid AND t.number = ANY(${tableNumbers}::int[]) AND t.deleted_at IS NULL
     ORDER BY t.id`
}

export type TargetDate = {
  isClosed: boolean
  /** From when diners can book it, ISO 8601. Null: they can already. */
  opensAt: string | null
  /** When the gate of its opening falls, ISO 8601. Null: none stands. */
  gateUntil: string | null
}

/** What keeps staff from moving a party onto a date. */
export async function readTargetDate(
  tx: Transaction,
  { restaurantId, serviceDate }: { restaurantId: string; serviceDate: string },
): Promise<TargetDate> {
  const [date] = await tx.$queryRaw<TargetDate[]>`
    SELECT coalesce(bool_or(d.closed), false) AS "isClosed",
           iso_instant(max(d.opens_at) FILTER (WHERE d.opens_at > now())) AS "opensAt",
           iso_instant((SELECT max(o.gate_until) FROM openings o
                         WHERE o.restaurant_id = ${restaurantId}::uuid AND o.service_date = ${serviceDate}::date
                           AND o.cancelled_at IS NULL AND o.gate_until > now())) AS "gateUntil"
      FROM service_dates d
     WHERE d.restaurant_id = ${restaurantId}::uuid AND d.service_date = ${serviceDate}::date`
  return date ?? { isClosed: false, opensAt: null, gateUntil: null }
}

/** The reservation after its change. Null: there is no such reservation. */
export async function readChanged(
  tx: Transaction,
  reservationId: string,
): Promise<Omit<ChangedReservation, 'actId' | 'undoUntil'> | null> {
  const [changed] = await tx.$queryRaw<Omit<ChangedReservation, 'actId' | 'undoUntil'>[]>`
    SELECT v.id, v.status::text AS status, v.service_date::text AS "serviceDate", iso_instant(v.starts_at) AS "startsAt",
           iso_instant(v.ends_at) AS "endsAt", v.party_size AS "partySize",
           ARRAY(SELECT DISTINCT t.number FROM reservation_slots c JOIN slots s ON s.id = c.slot_id
                   JOIN restaurant_tables t ON t.id = s.table_id
                  WHERE c.reservation_id = v.id AND NOT c.moved_away ORDER BY t.number) AS "tableNumbers",
           CASE WHEN v.status = 'HELD' THEN iso_instant(v.hold_expires_at) END AS "holdExpiresAt", v.sequence
      FROM reservations v WHERE v.id = ${reservationId}::uuid`
  return changed ?? null
}

/**
 * Stops with `changed-meanwhile` and the `present` place where the reservation is no longer as the asker
 * saw it. It is locked. Absent: the asker names nothing they saw.
 */
export async function judgeSeen(
  tx: Transaction,
  {
    reservation: { id, sequence },
    seen,
    stop,
  }: {
    reservation: { id: string; sequence: number }
    seen: number | undefined
    stop: Stop<'changed-meanwhile'>
  },
): Promise<void> {
  if (seen === undefined || seen === sequence) return
  const present = await readChanged(tx, id)
  stop(refuse('changed-meanwhile', { present }))
}
