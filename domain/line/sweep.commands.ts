import { classifyDatabaseError } from '@/lib/db/database-error'
import { pool } from '@/lib/db/db'
import { log } from '@/lib/log'

/** So many lines at once, so that a sweep is soon over. */
const BATCH = 100

/** No ticket outlives its day; by then its phones are of no use. */
const PHONE_HOURS = 48
/** Answers to repeated requests are kept at least 24 hours (G4); twice that, to be sure. */
const ANSWER_HOURS = 48

/**
 * Writes down what time has decided about tickets: last calls that ran out, what is left of dates that
 * are over, answers nobody will ask for again, phones that followed a ticket of another day. Nothing
 * waits for it: every reader and every writer sees it already (G12). One transaction a line; locks that
 * line. A line that others hold just now is left for the next time.
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
  let lines = 0
  for (const { restaurantId, serviceDate } of rows) {
    try {
      await pool.query('SELECT lock_line($1, $2)', [restaurantId, serviceDate])
      lines += 1
    } catch (error) {
      if (classifyDatabaseError(error) !== 'lost-race') throw error
      log.warn({ restaurantId, serviceDate, error }, 'line not swept')
    }
  }
  await pool.query(
    `DELETE FROM ticket_answers WHERE (ticket_id, key) IN (
       SELECT ticket_id, key FROM ticket_answers WHERE created_at < now() - make_interval(hours => $1) LIMIT $2)`,
    [ANSWER_HOURS, BATCH * 20],
  )
  await pool.query(
    `DELETE FROM guest_devices WHERE id IN (
       SELECT id FROM guest_devices WHERE created_at < now() - make_interval(hours => $1) LIMIT $2)`,
    [PHONE_HOURS, BATCH * 20],
  )
  return { lines }
}
