import { pool } from '@/lib/db/database'
import type { Transaction } from '@/lib/db/transaction'
import type { Closure } from './closure.schema'
import type { DayOverview, DaySlot, Readiness } from './month.rules'
import type { ServiceDate } from './types'

const OVERVIEW = `
  SELECT asked.date::date::text AS date, d.service_date IS NOT NULL AS "isScheduled",
         coalesce(d.closed, false) OR c.closed_date IS NOT NULL AS "isClosed",
         NOT EXISTS (SELECT FROM restaurant_hours h WHERE h.restaurant_id = r.id
                        AND h.weekday = extract(isodow FROM asked.date)) AS "isDayOff",
         c.reason AS "closedBecause", iso_instant(d.opens_at) AS "opensAt",
         count(DISTINCT s.table_id)::int AS tables, count(DISTINCT s.starts_at) FILTER (WHERE NOT s.off_plan)::int AS times,
         count(s.id) FILTER (WHERE NOT s.blocked AND s.ends_at > now()
                              AND is_slot_free(s.taken, s.held_until, now()))::int AS free,
         count(s.id) FILTER (WHERE NOT is_slot_free(s.taken, s.held_until, now()))::int AS taken
    FROM restaurants r
   CROSS JOIN generate_series($2::date, $3::date, interval '1 day') AS asked (date)
    LEFT JOIN service_dates d ON d.restaurant_id = r.id AND d.service_date = asked.date::date
    LEFT JOIN restaurant_closures c ON c.restaurant_id = r.id AND c.closed_date = asked.date::date
    LEFT JOIN slots s ON s.restaurant_id = r.id AND s.service_date = d.service_date AND s.deleted_at IS NULL
   WHERE r.id = $1
   GROUP BY r.id, asked.date, d.service_date, d.closed, d.opens_at, c.closed_date, c.reason
   ORDER BY asked.date`

/** Every date of the range, with or without a schedule. */
export async function listDayOverviews({
  restaurantId,
  from,
  to,
}: {
  restaurantId: string
  from: ServiceDate
  to: ServiceDate
}): Promise<DayOverview[]> {
  const { rows } = await pool.query<DayOverview>(OVERVIEW, [restaurantId, from, to])
  return rows
}

/** A date's slots, by table and time. */
export async function listDaySlots({
  restaurantId,
  date,
}: {
  restaurantId: string
  date: ServiceDate
}): Promise<DaySlot[]> {
  const { rows } = await pool.query<DaySlot>(
    `SELECT s.id, s.table_id AS "tableId", t.number AS "tableNumber", s.min_party AS "minParty",
            s.max_party AS "maxParty", iso_instant(s.starts_at) AS "startsAt", iso_instant(s.ends_at) AS "endsAt",
            CASE WHEN s.taken AND s.held_until > now() THEN 'HELD'
                 WHEN s.taken AND s.held_until IS NULL THEN 'TAKEN'
                 WHEN s.ends_at <= now() THEN 'OVER'
                 WHEN s.blocked THEN 'BLOCKED' ELSE 'FREE' END AS state
       FROM slots s JOIN restaurant_tables t ON t.id = s.table_id
      WHERE s.restaurant_id = $1 AND s.service_date = $2 AND s.deleted_at IS NULL
      ORDER BY t.number, s.table_id, s.starts_at`,
    [restaurantId, date],
  )
  return rows
}

export async function readReadiness({
  restaurantId,
}: {
  restaurantId: string
}): Promise<Readiness> {
  const { rows } = await pool.query<Readiness>(
    `SELECT (SELECT keeps_schedule FROM restaurants WHERE id = $1) AS "keepsSchedule",
            EXISTS (SELECT FROM restaurant_hours WHERE restaurant_id = $1) AS "hasHours",
            EXISTS (SELECT FROM restaurant_tables WHERE restaurant_id = $1 AND deleted_at IS NULL) AS "hasTables",
            EXISTS (SELECT FROM service_dates d JOIN restaurants r ON r.id = d.restaurant_id
                     WHERE r.id = $1
                       AND d.service_date >= service_date_at(now(), r.time_zone, r.day_cut_minutes)) AS "hasSchedule"`,
    [restaurantId],
  )
  const [row] = rows
  if (!row) throw new Error('three EXISTS gave no row')
  return row
}

const CLOSURES = `
  SELECT closed_date::text AS date, reason FROM restaurant_closures c
    JOIN restaurants r ON r.id = c.restaurant_id
   WHERE c.restaurant_id = $1::uuid
     AND c.closed_date >= service_date_at(now(), r.time_zone, r.day_cut_minutes)
   ORDER BY c.closed_date LIMIT 400`

/** Closures from today on, nearest first; a year's worth fits. */
export async function listClosures({ restaurantId }: { restaurantId: string }): Promise<Closure[]> {
  const { rows } = await pool.query<Closure>(CLOSURES, [restaurantId])
  return rows
}

/** The same on a transaction's own connection. */
export async function listClosuresIn(tx: Transaction, restaurantId: string): Promise<Closure[]> {
  return tx.$queryRawUnsafe<Closure[]>(CLOSURES, restaurantId)
}
