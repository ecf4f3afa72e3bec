import type { Transaction } from '@/lib/db/transaction'
import type { StayDate } from './stay.rules'

/** What a date allows, and how long a party stays there when nobody says. Null: it has no schedule. */
export async function readStayDate(
  tx: Transaction,
  { restaurantId, serviceDate }: { restaurantId: string; serviceDate: string },
): Promise<(StayDate & { seatingMinutes: number }) | null> {
  const [date] = await tx.$queryRaw<(StayDate & { seatingMinutes: number })[]>`
    SELECT d.service_date::text AS "serviceDate", r.time_zone AS "timeZone", r.day_cut_minutes AS "dayCutMinutes",
           r.seating_minutes AS "seatingMinutes", now(),
           (SELECT coalesce(json_agg(json_build_object('fromMinutes', h.from_minutes, 'toMinutes', h.to_minutes)), '[]')
              FROM restaurant_hours h
             WHERE h.restaurant_id = r.id AND h.weekday = extract(isodow FROM d.service_date)) AS hours
      FROM restaurants r JOIN service_dates d ON d.restaurant_id = r.id
     WHERE r.id = ${restaurantId}::uuid AND d.service_date = ${serviceDate}::date`
  return date ?? null
}

/** A table in use, as it stands for a stretch of time. */
export type StayTable = {
  id: string
  tableNumber: number
  minParty: number
  maxParty: number
  /** Nobody has a part of that time, and staff have blocked or closed none of it. */
  isFree: boolean
  /** Another party sits there now. */
  isOccupied: boolean
}

/** The tables of a restaurant that are in use, in id order; those with these numbers only, if given. */
export async function listStayTables(
  tx: Transaction,
  {
    restaurantId,
    tableNumbers = null,
    startsAt,
    endsAt,
  }: { restaurantId: string; tableNumbers?: number[] | null; startsAt: Date; endsAt: Date },
): Promise<StayTable[]> {
  return tx.$queryRaw<StayTable[]>`
    SELECT t.id, t.number AS "tableNumber", t.min_party AS "minParty", t.max_party AS "maxParty",
           NOT EXISTS (
             SELECT FROM slots s
              WHERE s.table_id = t.id AND s.deleted_at IS NULL
                AND tstzrange(s.starts_at, s.ends_at) && tstzrange(${startsAt}::timestamptz, ${endsAt}::timestamptz)
                AND (s.blocked AND NOT s.closed OR NOT is_slot_free(s.taken, s.held_until, now())))
           AND NOT EXISTS (
             SELECT FROM closed_tables c
              WHERE c.table_id = t.id
                AND tstzrange(c.starts_at, c.ends_at) && tstzrange(${startsAt}::timestamptz, ${endsAt}::timestamptz)) AS "isFree",
           EXISTS (
             SELECT FROM occupancies o
              WHERE o.table_id = t.id AND o.ended_at IS NULL
                AND o.service_date = service_date_at(now(), r.time_zone, r.day_cut_minutes)) AS "isOccupied"
      FROM restaurant_tables t JOIN restaurants r ON r.id = t.restaurant_id
     WHERE t.restaurant_id = ${restaurantId}::uuid AND t.deleted_at IS NULL
       AND (${tableNumbers}::int[] IS NULL OR t.number = ANY(${tableNumbers}::int[]))
     ORDER BY t.id`
}

/** What is booked, blocked or closed of a stretch of time at these tables, and when each of it begins. */
export async function listTakenAt(
  tx: Transaction,
  {
    restaurantId,
    tableNumbers,
    startsAt,
    endsAt,
  }: { restaurantId: string; tableNumbers: number[]; startsAt: Date; endsAt: Date },
): Promise<{ tableNumber: number; startsAt: Date }[]> {
  return tx.$queryRaw<{ tableNumber: number; startsAt: Date }[]>`
    SELECT t.number AS "tableNumber", s.starts_at AS "startsAt"
      FROM slots s JOIN restaurant_tables t ON t.id = s.table_id
     WHERE t.restaurant_id = ${restaurantId}::uuid AND t.number = ANY(${tableNumbers}::int[])
       AND t.deleted_at IS NULL AND s.deleted_at IS NULL
       AND tstzrange(s.starts_at, s.ends_at) && tstzrange(${startsAt}::timestamptz, ${endsAt}::timestamptz)
       AND (s.blocked AND NOT s.closed OR NOT is_slot_free(s.taken, s.held_until, now()))
     UNION ALL
    SELECT t.number, c.starts_at
      FROM closed_tables c JOIN restaurant_tables t ON t.id = c.table_id
     WHERE t.restaurant_id = ${restaurantId}::uuid AND t.number = ANY(${tableNumbers}::int[])
       AND t.deleted_at IS NULL
       AND tstzrange(c.starts_at, c.ends_at) && tstzrange(${startsAt}::timestamptz, ${endsAt}::timestamptz)
     ORDER BY "startsAt", "tableNumber"`
}
