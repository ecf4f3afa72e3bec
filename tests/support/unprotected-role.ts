/** Control: an act that reads its staff's role before the transaction that acts. */
import { readStaffRole } from '@/domain/restaurant/queries'
import { pool } from '@/lib/db/database'

export async function blockSlotUnprotected({
  slotId,
  restaurantId,
  accountId,
}: {
  slotId: string
  restaurantId: string
  accountId: string
}): Promise<{ ok: boolean; reason?: string }> {
  const role = await readStaffRole({ accountId, restaurantId })
  if (!role) return { ok: false, reason: 'not-found' }
  await pool.query('UPDATE slots SET blocked = true WHERE id = $1', [slotId])
  return { ok: true }
}
