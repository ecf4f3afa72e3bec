import type { Pool } from 'pg'
import type { LineTruth } from './check'

/** The rows of a restaurant's one line. */
export async function readLineTruth({
  pool,
  restaurantId,
}: {
  pool: Pool
  restaurantId: string
}): Promise<LineTruth> {
  const line = await pool.query<{ lastNumber: number }>(
    'SELECT last_number AS "lastNumber" FROM lines WHERE restaurant_id = $1',
    [restaurantId],
  )
  const tickets = await pool.query<LineTruth['tickets'][number]>(
    `SELECT id, number, account_id AS "accountId", status, extract(epoch FROM taken_at)::float8 * 1000 AS "takenAtMs",
            extract(epoch FROM ended_at)::float8 * 1000 AS "endedAtMs",
            extract(epoch FROM lapses_at)::float8 * 1000 AS "lapsesAtMs"
       FROM tickets WHERE restaurant_id = $1 ORDER BY rank`,
    [restaurantId],
  )
  // Within one millisecond joins are ordered by their numbers, and postponements by their places.
  const acts = await pool.query<LineTruth['acts'][number]>(
    `SELECT e.subject_id AS "ticketId", e.act, e.from_status AS "from", e.to_status AS "to",
            extract(epoch FROM e.at)::float8 * 1000 AS "atMs", (e.details ->> 'behindNumber')::int AS "behindNumber"
       FROM audit_events e JOIN tickets t ON t.id = e.subject_id
      WHERE e.restaurant_id = $1 AND e.subject = 'TICKET'
      ORDER BY e.at, e.act <> 'TAKE', CASE e.act WHEN 'TAKE' THEN t.number ELSE t.rank END, e.act = 'UNDO'`,
    [restaurantId],
  )
  return {
    lastNumber: line.rows[0]?.lastNumber ?? 0,
    tickets: tickets.rows,
    acts: acts.rows,
  }
}
