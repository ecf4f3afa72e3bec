import { hashDeviceToken } from '@/lib/crypto/device-token'
import { pool } from '@/lib/db/database'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import type { Kiosk, KioskRestaurant } from './kiosk.schema'

/** The restaurant's tablets that may take tickets, newest first. */
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

/**
 * The restaurant at whose door a tablet stands. Refuses `kiosk-revoked`, also for a token we never
 * gave.
 */
export async function findKioskRestaurant(
  token: string,
): Promise<Result<KioskRestaurant, 'kiosk-revoked'>> {
  const { rows } = await pool.query<KioskRestaurant>(
    `SELECT r.id AS "restaurantId", r.name, r.name_en AS "nameEn"
       FROM kiosks k JOIN restaurants r ON r.id = k.restaurant_id
      WHERE k.token_hash = $1 AND k.revoked_at IS NULL AND r.deleted_at IS NULL`,
    [hashDeviceToken(token)],
  )
  const [restaurant] = rows
  return restaurant ? succeed(restaurant) : refuse('kiosk-revoked')
}
