/**
 * Control: removing an owner without locking the restaurant. It proves that the race test can fail.
 */
import { pool } from '@/lib/db/database'

/** Counts, pauses as long as a round trip, removes. */
export async function removeOwnerUnprotected({
  restaurantId,
  accountId,
}: {
  restaurantId: string
  accountId: string
}): Promise<{ ok: boolean }> {
  const { rows } = await pool.query<{ others: number }>(
    `SELECT count(*)::int AS others FROM restaurant_staff
      WHERE restaurant_id = $1 AND role = 'OWNER' AND account_id <> $2`,
    [restaurantId, accountId],
  )
  await pool.query('SELECT pg_sleep(0.05)')
  if (rows[0]?.others === 0) return { ok: false }
  await pool.query('DELETE FROM restaurant_staff WHERE restaurant_id = $1 AND account_id = $2', [
    restaurantId,
    accountId,
  ])
  return { ok: true }
}
