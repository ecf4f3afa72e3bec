import { pool } from '@/lib/db/database'

/**
 * Of the notices about one thing to one person, only the first that is not finished may go out: a
 * "cancelled" never overtakes its "confirmed". What only reminds (urgency 2) keeps nobody waiting, and
 * a call (urgency 0) waits for nothing that backs off, only for what is being sent at this instant:
 * what it overtakes is dropped when it is claimed.
 * A condition on `notices n`. The state is compared as text, which no partial index is about: a rush
 * is over before the planner's figures know of it, and it took all that is queued for a few rows.
 * OFFSET 0 keeps it from being made a join with all notices: each row looks up its own subject.
 */
export const NOTHING_EARLIER_WAITS = `NOT EXISTS (
  SELECT FROM notices e
   WHERE e.subject_id = n.subject_id AND e.recipient = n.recipient AND e.channel = n.channel
     AND e.state::text = 'QUEUED' AND e.urgency + 0 < 2
     AND (n.urgency > 0 OR e.urgency + 0 = 0 OR e.lease_until > now()) AND e.ordinal < n.ordinal OFFSET 0)`

/**
 * Milliseconds, by the database's clock, until the next notice nobody is sending falls due; not
 * positive when one is due already, null when none waits.
 */
export async function readNextDueMs(): Promise<number | null> {
  const { rows } = await pool.query<{ dueMs: number }>(
    `SELECT (extract(epoch FROM n.due_at - now()) * 1000)::float8 AS "dueMs"
       FROM notices n
      WHERE n.state = 'QUEUED' AND n.lease_token IS NULL AND ${NOTHING_EARLIER_WAITS}
      ORDER BY n.due_at LIMIT 1`,
  )
  return rows[0]?.dueMs ?? null
}
