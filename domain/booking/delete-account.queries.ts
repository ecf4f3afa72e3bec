import { pool } from '@/lib/db/db'
import type { LeavingPreview } from './delete-account.types'

/** Reservations that leaving cancels; `v` is the reservation, `$1` the diner. */
export const IS_COMING = `v.status IN ('HELD', 'CONFIRMED') AND v.ends_at > now()
  AND (v.status = 'CONFIRMED' OR v.hold_expires_at > now())`

/** Restaurants of which `$1` is the only owner who may act; an unapproved one could run none. */
export const OWNERLESS = `
  SELECT r.name, r.name_en AS "nameEn" FROM restaurants r
    JOIN restaurant_staff s ON s.restaurant_id = r.id AND s.account_id = $1 AND s.role = 'OWNER'
   WHERE r.deleted_at IS NULL AND NOT EXISTS (
     SELECT FROM restaurant_staff o JOIN accounts a ON a.id = o.account_id
      WHERE o.restaurant_id = r.id AND o.account_id <> $1 AND o.role = 'OWNER'
        AND a.role = 'OWNER' AND a.owner_approved_at IS NOT NULL)
   ORDER BY r.name COLLATE "C"`

/** What would happen if somebody left now; null when the account is gone. */
export async function previewLeaving(accountId: string): Promise<LeavingPreview | null> {
  const { rows } = await pool.query<LeavingPreview>(
    `SELECT a.password_hash IS NOT NULL AS "hasPassword",
            a.role = 'ADMIN' AND NOT EXISTS (
              SELECT FROM accounts o WHERE o.role = 'ADMIN' AND o.id <> a.id) AS "isLastAdmin",
            (SELECT count(*)::int FROM reservations v
              WHERE v.diner_id = a.id AND ${IS_COMING}) AS coming,
            (SELECT coalesce(json_agg(n), '[]') FROM (${OWNERLESS}) AS n) AS ownerless
       FROM accounts a WHERE a.id = $1`,
    [accountId],
  )
  return rows[0] ?? null
}
