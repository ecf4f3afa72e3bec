import { pool } from '@/lib/db/db'
import type { StaffMember } from './staff.types'

/** People and open invitations together; so one page holds them all. */
export const MOST_STAFF = 100

/** Owners first, then by name. Never more than `MOST_STAFF`. */
export async function listStaff(restaurantId: string): Promise<StaffMember[]> {
  const { rows } = await pool.query<StaffMember>(
    `SELECT s.account_id AS "accountId", a.name, a.email, s.role::text AS role,
            s.role = 'OWNER' AND a.role <> 'ADMIN'
              AND (a.role <> 'OWNER' OR a.owner_approved_at IS NULL) AS "isWaiting"
       FROM restaurant_staff s JOIN accounts a ON a.id = s.account_id
      WHERE s.restaurant_id = $1
      ORDER BY s.role, a.name COLLATE "C", a.id LIMIT ${MOST_STAFF}`,
    [restaurantId],
  )
  return rows
}
