import { pool } from '@/lib/db/database'

/** So many at once, so that a sweep never holds many locks. */
const BATCH = 200
/** Answers to repeated requests are kept at least 24 hours (G4); twice that, to be sure. */
const KEY_HOURS = 48

/**
 * Writes down what time has already decided: holds that ran out, parties whose slot has ended,
 * keys nobody will ask for again. Nothing waits for it (G5). Locks reservations only, one at a time.
 */
export async function sweepReservations(): Promise<{ ended: number; keysForgotten: number }> {
  const overdue = await pool.query<{ id: string }>(
    `(SELECT id FROM reservations WHERE status = 'HELD' AND hold_expires_at <= now() LIMIT $1)
     UNION ALL (SELECT id FROM reservations WHERE status = 'SEATED' AND ends_at <= now() LIMIT $1)`,
    [BATCH],
  )
  for (const { id } of overdue.rows) await pool.query('SELECT end_overdue_reservation($1)', [id])
  const forgotten = await pool.query(
    `DELETE FROM idempotency_keys WHERE (account_id, key) IN (
       SELECT account_id, key FROM idempotency_keys WHERE created_at < now() - make_interval(hours => $1) LIMIT $2)`,
    [KEY_HOURS, BATCH * 10],
  )
  return { ended: overdue.rows.length, keysForgotten: forgotten.rowCount ?? 0 }
}
