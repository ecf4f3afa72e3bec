import { pool } from '@/lib/db/database'
import { NO_CHANNEL_YET } from './types'

/**
 * Among the notices about one subject to one person, only the first unfinished one may be sent: a
 * "cancelled" never overtakes its "confirmed". A reminder (urgency 2) holds up no other notice. A
 * call (urgency 0) does not wait for notices in back-off, only for one being sent at this instant;
 * notices it overtakes are dropped when they are claimed. A notice that has no channel yet comes before
 * notices of later acts in any of them. A condition on `notices n`. The state is
 * compared as text, which matches no partial index: in a rush the planner's statistics lag behind,
 * and it mistook a full queue for a few rows. OFFSET 0 keeps Postgres from turning it into a join
 * with all notices: each row looks up its own subject.
 */
export const NOTHING_EARLIER_WAITS = `NOT EXISTS (
  SELECT FROM notices e
   WHERE e.subject_id = n.subject_id AND (e.channel = '${NO_CHANNEL_YET}' OR (e.channel = n.channel
     AND notice_reader(e.kind, e.account_id, e.recipient) = notice_reader(n.kind, n.account_id, n.recipient)))
     AND e.state::text = 'QUEUED' AND e.urgency + 0 < 2
     AND (n.urgency > 0 OR e.urgency + 0 = 0 OR e.lease_until > now()) AND e.ordinal < n.ordinal OFFSET 0)`

/** Whose a notice is. A booking's that has no channel yet is of its reservation's diner. */
export const accountOf = (row: string) =>
  `coalesce(${row}.account_id, CASE ${row}.channel WHEN '${NO_CHANNEL_YET}' THEN (
     SELECT b.diner_id FROM reservations b WHERE b.id = ${row}.subject_id) END)`

/** A row of notices as it would go out now: `recipient`, `locale` and `payload`. Part of a statement. */
export const factsOf = (row: string) =>
  `notice_facts(p_kind => ${row}.kind, p_channel => ${row}.channel, p_subject => ${row}.subject_id, p_account => ${accountOf(row)},
     p_restaurant => ${row}.restaurant_id, p_recipient => ${row}.recipient, p_locale => ${row}.locale, p_payload => ${row}.payload)`

/** Notices that wait, with a channel: by time. */
const ROUTED = `n.state = 'QUEUED' AND n.channel <> '${NO_CHANNEL_YET}'`
/** Those without one: in the index of lanes, which begins with the urgency. */
const UNROUTED = `n.state = 'QUEUED' AND n.urgency IN (0, 1, 2) AND n.channel = '${NO_CHANNEL_YET}'`

const firstDue = (waiting: string) => `(
  SELECT n.due_at FROM notices n
   WHERE ${waiting} AND n.lease_token IS NULL AND ${NOTHING_EARLIER_WAITS}
   ORDER BY n.due_at LIMIT 1)`

/**
 * Milliseconds, by the database's clock, until the next notice that no worker is sending falls due.
 * Not positive: one is due already. Null: none is waiting.
 */
export async function readNextDueMs(): Promise<number | null> {
  const { rows } = await pool.query<{ dueMs: number | null }>(
    `SELECT (extract(epoch FROM least(${firstDue(ROUTED)}, ${firstDue(UNROUTED)}) - now()) * 1000)::float8 AS "dueMs"`,
  )
  return rows[0]?.dueMs ?? null
}
