import { pool } from '@/lib/db/database'
import { AHEAD_DAYS } from './recurring.rules'
import type { DueDate, StoredRecurringOpening } from './recurring.schema'

const RECURRING_OPENING = `
  h.opens_minutes AS "opensMinutes", h.opens_days_before AS "opensDaysBefore",
  h.lobby_minutes AS "lobbyMinutes", h.gate_minutes AS "gateMinutes", h.order_by AS "orderBy",
  h.turns_per_second AS "turnsPerSecond"`

/** Null: the restaurant never had one. */
export async function findRecurringOpening(
  restaurantId: string,
): Promise<StoredRecurringOpening | null> {
  const { rows } = await pool.query<StoredRecurringOpening>(
    `SELECT ${RECURRING_OPENING}, h.active AS "isOn", iso_instant(h.since) AS since
       FROM recurring_openings h WHERE h.restaurant_id = $1`,
    [restaurantId],
  )
  return rows[0] ?? null
}

/**
 * Dates whose recurring opening is due for announcement, in random order, so that one that can't be
 * announced never holds up the others. A date that has an opening, or had one that was cancelled,
 * is left alone: an owner decided so. `restaurantId` null: all restaurants.
 *
 * By the wall clock, which is exact except around a clock change; the announcement itself judges
 * the instant.
 */
export async function listDueDates({
  restaurantId,
  limit,
}: {
  restaurantId: string | null
  limit: number
}): Promise<DueDate[]> {
  const { rows } = await pool.query<DueDate>(
    `SELECT r.id AS "restaurantId", asked.date::date::text AS "serviceDate", r.time_zone AS "timeZone",
            h.since, ${RECURRING_OPENING}
       FROM recurring_openings h
       JOIN restaurants r ON r.id = h.restaurant_id AND r.published AND r.deleted_at IS NULL
      CROSS JOIN LATERAL (SELECT now() AT TIME ZONE r.time_zone AS now) AS wall
      CROSS JOIN LATERAL generate_series(wall.now::date + h.opens_days_before,
                                         wall.now::date + h.opens_days_before + $1::int, interval '1 day') AS asked (date)
      WHERE h.active AND ($2::uuid IS NULL OR r.id = $2)
        AND asked.date - make_interval(days => h.opens_days_before) + make_interval(mins => h.opens_minutes)
            BETWEEN greatest(wall.now, (h.since AT TIME ZONE r.time_zone) + interval '23 hours')
                AND wall.now + make_interval(days => $1::int)
        AND NOT EXISTS (SELECT FROM openings o WHERE o.restaurant_id = r.id AND o.service_date = asked.date::date)
        AND NOT EXISTS (SELECT FROM restaurant_closures c
                         WHERE c.restaurant_id = r.id AND c.closed_date = asked.date::date)
        AND coalesce((SELECT NOT d.closed FROM service_dates d
                       WHERE d.restaurant_id = r.id AND d.service_date = asked.date::date),
                     EXISTS (SELECT FROM restaurant_hours w
                              WHERE w.restaurant_id = r.id AND w.weekday = extract(isodow FROM asked.date)))
      ORDER BY random() LIMIT $3`,
    [AHEAD_DAYS, restaurantId, limit],
  )
  return rows
}
