/** A control: a decision that looks before it writes, without a lock. */
import { pool } from '@/lib/db/database'

export async function decideUnprotected({
  reservationId,
  grant,
  whileThinking,
}: {
  reservationId: string
  grant: boolean
  whileThinking: () => Promise<void>
}): Promise<boolean> {
  const { rows } = await pool.query<{ isOpen: boolean }>(
    'SELECT dispute_granted IS NULL AS "isOpen" FROM reservations WHERE id = $1',
    [reservationId],
  )
  if (!rows[0]?.isOpen) return false
  await whileThinking()
  await pool.query(
    'UPDATE reservations SET dispute_decided_at = now(), dispute_granted = $2 WHERE id = $1',
    [reservationId, grant],
  )
  return true
}
