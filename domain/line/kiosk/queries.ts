import { pool } from '@/lib/db'
import type { Kiosk } from './types'

/** The restaurant's tablets that may take tickets, the newest first. */
export async function listKiosks(restaurantId: string): Promise<Kiosk[]> {
  const { rows } = await pool.query<Kiosk>(
    `SELECT k.id, k.name, iso_instant(k.created_at) AS "createdAt",
            (SELECT iso_instant(max(t.taken_at)) FROM tickets t WHERE t.kiosk_id = k.id) AS "lastTicketAt"
       FROM kiosks k WHERE k.restaurant_id = $1 AND k.revoked_at IS NULL
      ORDER BY k.created_at DESC, k.id LIMIT 50`,
    [restaurantId],
  )
  return rows
}
