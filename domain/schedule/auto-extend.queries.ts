import { pool } from '@/lib/db/database'
import type { PlanRange } from './plan.schema'
import { LONGEST_RANGE_DAYS } from './plan.schema'

/** A schedule whose last date is longer ago than this counts as abandoned. */
const FORGOTTEN_AFTER_DAYS = 30

/**
 * Restaurants whose schedule ends before their horizon, and the dates after its end; at most so
 * many, in random order, so that a restaurant that can't be extended never blocks the others. Dates
 * left out before the end stay left out: the owner chose that.
 */
export async function listEndingSchedules({
  limit,
}: {
  limit: number
}): Promise<(PlanRange & { restaurantId: string })[]> {
  const { rows } = await pool.query<PlanRange & { restaurantId: string }>(
    `WITH ends AS (
       SELECT r.id, r.horizon_days, service_date_at(now(), r.time_zone, r.day_cut_minutes) AS today,
              max(d.service_date) AS last_date
         FROM restaurants r JOIN service_dates d ON d.restaurant_id = r.id
        WHERE r.keeps_schedule AND r.published AND r.deleted_at IS NULL
        GROUP BY r.id)
     SELECT e.id AS "restaurantId", greatest(e.last_date + 1, e.today)::text AS "from",
            least(e.today + e.horizon_days, greatest(e.last_date + 1, e.today) + $3::int - 1)::text AS "to"
       FROM ends e
      WHERE e.last_date < e.today + e.horizon_days AND e.last_date >= e.today - $1::int
        AND EXISTS (SELECT FROM restaurant_tables t WHERE t.restaurant_id = e.id AND t.deleted_at IS NULL)
        AND EXISTS (
          SELECT FROM generate_series(greatest(e.last_date + 1, e.today), e.today + e.horizon_days, interval '1 day') AS missing (date)
            JOIN restaurant_hours h ON h.restaurant_id = e.id AND h.weekday = extract(isodow FROM missing.date)
           WHERE NOT EXISTS (SELECT FROM restaurant_closures c
                              WHERE c.restaurant_id = e.id AND c.closed_date = missing.date::date))
      ORDER BY random() LIMIT $2`,
    [FORGOTTEN_AFTER_DAYS, limit, LONGEST_RANGE_DAYS],
  )
  return rows
}
