import { moveReservation } from '@/domain/booking/move.commands'
import { pool } from '@/lib/db/database'

/**
 * Deleting an account as a first version does it: reads its bookings, cancels them, deletes the
 * account. No locks.
 */
export async function deleteUnprotected({
  accountId,
  afterLooking,
}: {
  accountId: string
  /** What happens meanwhile. */
  afterLooking: () => Promise<unknown>
}): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM reservations WHERE diner_id = $1 AND status = 'CONFIRMED'`,
    [accountId],
  )
  await afterLooking()
  const actor = { accountId, address: null }
  for (const { id } of rows)
    await moveReservation({ reservationId: id, act: 'CANCEL', actor, scope: 'diner' })
  await pool.query('DELETE FROM accounts WHERE id = $1', [accountId])
}

/** Reservations that keep a table for no account. */
export async function countOrphans(): Promise<number> {
  const { rows } = await pool.query<{ orphans: number }>(
    `SELECT count(*)::int AS orphans FROM reservations
      WHERE diner_id IS NULL AND NOT walk_in AND status IN ('HELD', 'CONFIRMED') AND ends_at > now()`,
  )
  return rows[0]?.orphans ?? 0
}
