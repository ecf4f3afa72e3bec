import { pool } from '@/lib/db/database'
import type { OwnPin, SharedTablet } from './pin.schema'
import { MOST_STAFF } from './staff.queries'

/** The people who can act on a restaurant's shared tablet, by name. The caller has been let in. */
export async function listAuthors(restaurantId: string): Promise<SharedTablet> {
  const { rows } = await pool.query<SharedTablet>(
    `SELECT r.author_minutes AS minutes,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('accountId', m.id, 'name', m.name, 'hasPin', m.has_pin)
                                       ORDER BY m.name COLLATE "C", m.id), '[]')
               FROM (SELECT a.id, a.name, p.id IS NOT NULL AS has_pin
                       FROM restaurant_staff s
                       JOIN accounts a ON a.id = s.account_id
                       LEFT JOIN staff_pins p ON p.restaurant_id = s.restaurant_id AND p.account_id = s.account_id
                      WHERE s.restaurant_id = r.id AND acting_role(a.role, a.owner_approved_at, s.role) IS NOT NULL
                      ORDER BY a.name COLLATE "C", a.id LIMIT ${MOST_STAFF}) AS m) AS people
       FROM restaurants r WHERE r.id = $1`,
    [restaurantId],
  )
  return rows[0] ?? { people: [], minutes: 10 }
}

/** The restaurants on whose staff an account is, each with the state of its PIN there, by name. */
export async function listOwnPins(accountId: string): Promise<OwnPin[]> {
  const { rows } = await pool.query<OwnPin>(
    `SELECT r.id AS "restaurantId", r.name, r.name_en AS "nameEn",
            CASE WHEN t.locked_at IS NOT NULL THEN 'LOCKED' WHEN p.id IS NULL THEN 'NONE'
                 WHEN p.is_one_time THEN 'ONE_TIME' ELSE 'SET' END AS state
       FROM restaurant_staff s
       JOIN restaurants r ON r.id = s.restaurant_id AND r.deleted_at IS NULL
       JOIN accounts a ON a.id = s.account_id
       LEFT JOIN staff_pins p ON p.restaurant_id = s.restaurant_id AND p.account_id = s.account_id
       LEFT JOIN pin_tries t ON t.restaurant_id = s.restaurant_id AND t.account_id = s.account_id
      WHERE s.account_id = $1 AND acting_role(a.role, a.owner_approved_at, s.role) IS NOT NULL
      ORDER BY r.name COLLATE "C", r.id LIMIT 50`,
    [accountId],
  )
  return rows
}
