/** A control: a confirmation that looks before it writes, without a lock. */
import { pool } from '@/lib/db/database'

export async function confirmUnprotected({
  reservationId,
  whileThinking,
}: {
  reservationId: string
  whileThinking: () => Promise<unknown>
}): Promise<void> {
  const { rows } = await pool.query<{ status: string }>(
    'SELECT status FROM reservations WHERE id = $1',
    [reservationId],
  )
  await whileThinking()
  if (rows[0]?.status !== 'HELD') return
  await pool.query(
    `UPDATE reservations SET status = 'CONFIRMED', cancelled_by = NULL WHERE id = $1`,
    [reservationId],
  )
}
