import { pool } from '@/lib/db/database'

/** Reservations per sweep, so that a sweep never holds many locks. */
const BATCH = 200

/**
 * Records what time has already decided: run-out holds, and parties that were still seated when their
 * business day ended. No reader waits for it (G5), and nobody who seats a party. Locks one reservation
 * at a time, with its occupancies.
 */
export async function sweepReservations(): Promise<{ ended: number }> {
  const overdue = await pool.query<{ id: string }>(
    `(SELECT id FROM reservations WHERE status = 'HELD' AND hold_expires_at <= now() LIMIT $1)
     UNION ALL
     (SELECT v.id FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
       WHERE v.status = 'SEATED' AND is_seating_over(v.status, v.seated_at, r.time_zone, r.day_cut_minutes) LIMIT $1)`,
    [BATCH],
  )
  for (const { id } of overdue.rows) await pool.query('SELECT end_overdue_reservation($1)', [id])
  return { ended: overdue.rows.length }
}
