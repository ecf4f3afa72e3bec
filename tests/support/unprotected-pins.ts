import { pool } from '@/lib/db/database'

/** Control: counting a try by reading, then writing. Returns whether the PIN was judged. */
export async function takePinTryWithoutLock(member: {
  restaurantId: string
  accountId: string
}): Promise<boolean> {
  const key = [member.restaurantId, member.accountId]
  const { rows } = await pool.query<{ wrong: number }>(
    'SELECT wrong FROM pin_tries WHERE restaurant_id = $1 AND account_id = $2',
    key,
  )
  const wrong = rows[0]?.wrong ?? 0
  if (wrong >= 5) return false
  await pool.query(
    `INSERT INTO pin_tries (restaurant_id, account_id, wrong) VALUES ($1, $2, $3)
     ON CONFLICT (restaurant_id, account_id) DO UPDATE SET wrong = $3`,
    [...key, wrong + 1],
  )
  return true
}
