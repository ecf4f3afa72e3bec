import { pool } from '@/lib/db'

/** So many lines at once, so that a sweep is soon over. */
const BATCH = 100

/**
 * Writes down what time has decided about tickets: last calls that ran out, and what is left of dates
 * that are over. Nothing waits for it: every reader and every writer sees it already (G12). One
 * transaction a line; locks that line.
 */
export async function sweepLines(): Promise<{ lines: number }> {
  const { rows } = await pool.query<{ restaurantId: string; serviceDate: string }>(
    `SELECT DISTINCT t.restaurant_id AS "restaurantId", t.service_date AS "serviceDate"
       FROM tickets t JOIN restaurants r ON r.id = t.restaurant_id
      WHERE t.status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED')
        AND ((t.status = 'LAST_CALLED' AND t.lapses_at <= now())
             OR (t.channel = 'ONLINE' AND t.account_id IS NULL)
             OR t.service_date < service_date_at(now(), r.time_zone, r.day_cut_minutes))
      LIMIT $1`,
    [BATCH],
  )
  for (const { restaurantId, serviceDate } of rows)
    await pool.query('SELECT lock_line($1, $2)', [restaurantId, serviceDate])
  return { lines: rows.length }
}
