import { pool } from '@/lib/db/database'

/** Reservations per sweep, so that a sweep never holds many locks. */
const BATCH = 200

/**
 * Records what time has already decided: run-out holds, and parties whose slot has ended. No reader
 * waits for it (G5). Locks reservations only, one at a time.
 */
export async function sweepReservations(): Promise<{ ended: number }> {
  const overdue = await pool.query<{ id: string }>(
    `(SELECT id FROM reservations WHERE status = 'HELD' AND hold_expires_at <= now() LIMIT $1)
     UNION ALL (SELECT id FROM reservations WHERE status = 'SEATED' AND ends_at <= now() LIMIT $1)`,
    [BATCH],
  )
  for (const { id } of overdue.rows) await pool.query('SELECT end_overdue_reservation($1)', [id])
  return { ended: overdue.rows.length }
}
