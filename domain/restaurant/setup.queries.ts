import { pool } from '@/lib/db/db'
import type { Furnishing } from './setup.types'

/** Counted afresh; slots and dates as the database's clock sees them. */
export async function countFurnishing(restaurantId: string): Promise<Furnishing> {
  const { rows } = await pool.query<Furnishing>(
    `SELECT (SELECT count(*)::int FROM restaurant_tables t
              WHERE t.restaurant_id = r.id AND t.deleted_at IS NULL) AS tables,
            (SELECT count(*)::int FROM restaurant_hours h WHERE h.restaurant_id = r.id) AS hours,
            (SELECT count(DISTINCT s.service_date)::int FROM slots s
              WHERE s.restaurant_id = r.id AND s.deleted_at IS NULL AND NOT s.blocked
                AND s.service_date >= service_date_at(now(), r.time_zone, r.day_cut_minutes)
                AND s.starts_at > now()) AS schedule,
            (r.description <> '')::int AS description,
            (SELECT count(*)::int FROM restaurant_pictures p WHERE p.restaurant_id = r.id) AS pictures
       FROM restaurants r WHERE r.id = $1`,
    [restaurantId],
  )
  const [found] = rows
  if (!found) throw new Error(`expected a restaurant, found none: ${restaurantId}`)
  return found
}
