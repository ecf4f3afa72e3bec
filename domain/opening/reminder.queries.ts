import { pool } from '@/lib/db/database'

/** Beyond it, a draw that does not come is for the next request or the sweep to find. */
const DRAW_PATIENCE = '5 minutes'

/**
 * Milliseconds, by the database's clock, until a reminder of an opening or a turn is due, or an opening
 * whose turns diners asked for is to be drawn. Not positive: now. Null: none waits.
 */
export async function readNextReminderMs(): Promise<number | null> {
  const { rows } = await pool.query<{ dueMs: number | null }>(
    `SELECT (extract(epoch FROM least(
       (SELECT r.due_at FROM opening_reminders r WHERE r.settled_at IS NULL AND r.due_at IS NOT NULL ORDER BY r.due_at LIMIT 1),
       (SELECT min(o.opens_at) FROM openings o
         WHERE o.opens_at > now() - $1::interval AND o.cancelled_at IS NULL
           AND EXISTS (SELECT FROM opening_reminders r
                        WHERE r.opening_id = o.id AND r.about = 'TURN' AND r.settled_at IS NULL AND r.computed_from IS NULL))) - now()) * 1000)::float8 AS "dueMs"`,
    [DRAW_PATIENCE],
  )
  return rows[0]?.dueMs ?? null
}
