import { pool } from '@/lib/db/database'
import { classifyDatabaseError } from '@/lib/db/database-error'
import { log } from '@/lib/log'
import type { Reading } from '@/lib/metrics/gauges'

/**
 * One statement, so that a scrape is one round trip and reads one instant. Each part goes along an index
 * to what is open now, however much there was before: waiting and dead notices, running holds, active
 * tickets, openings to come. Of reservations only today's are counted, restaurant by restaurant. The
 * role's time limit ends it after two seconds.
 */
const READ_SERVICE = `
  WITH waiting AS (
    SELECT n.channel, n.urgency, count(*) AS notices,
           max(extract(epoch FROM now() - CASE WHEN n.attempts > 0 THEN n.queued_at ELSE n.due_at END)) AS age
      FROM notices n WHERE n.state = 'QUEUED' GROUP BY n.channel, n.urgency),
  queues AS (
    SELECT q.channel, q.urgency, coalesce(w.notices, 0) AS notices, greatest(coalesce(w.age, 0), 0) AS age
      FROM (SELECT c.channel, u.urgency FROM unnest(ARRAY['MAIL', 'PUSH', 'SLACK', 'NONE']) AS c (channel),
                   generate_series(0, 3) AS u (urgency)) AS q
      LEFT JOIN waiting w ON w.channel = q.channel AND w.urgency = q.urgency),
  dead AS (
    SELECT n.channel, CASE WHEN n.last_error = 'the address refuses mail' THEN 'address-refused'
                           WHEN n.last_error LIKE 'gave-up:%' OR n.last_error = 'unexpected' THEN 'gave-up'
                           WHEN n.last_error ~ '^(unknown-|bad-payload|not-writable)' THEN 'not-writable'
                           ELSE 'rejected' END AS reason, true AS is_dead
      FROM notices n WHERE n.state = 'DEAD' AND n.queued_at > now() - interval '7 days'),
  ahead AS (
    SELECT CASE WHEN o.opens_at <= now() + interval '1 hour' THEN 'hour'
                WHEN o.opens_at <= now() + interval '1 day' THEN 'day' ELSE 'later' END AS within,
           o.lobby_opens_at <= now() AS is_open,
           CASE WHEN o.lobby_opens_at <= now() THEN (
             SELECT count(*) FROM opening_entries e WHERE e.opening_id = o.id) ELSE 0 END AS entries
      FROM openings o WHERE o.opens_at > now() AND o.cancelled_at IS NULL),
  terms AS (SELECT unnest(ARRAY['hour', 'day', 'later']) AS within),
  today AS (
    SELECT r.status, r.count FROM restaurants h
     CROSS JOIN LATERAL (
       SELECT s.status, count(*) AS count FROM reservations s
        WHERE s.restaurant_id = h.id AND s.service_date = service_date_at(now(), h.time_zone, h.day_cut_minutes)
        GROUP BY s.status) AS r
     WHERE h.deleted_at IS NULL),
  tickets_now AS (
    SELECT t.status FROM tickets t WHERE t.status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED')),
  holds AS (
    SELECT r.hold_expires_at > now() AS is_running FROM reservations r
     WHERE r.status = 'HELD' AND r.hold_expires_at IS NOT NULL)
  SELECT 'bobjool_outbox_notices' AS name, jsonb_build_object('channel', channel, 'urgency', urgency::text) AS labels,
         notices::float8 AS value FROM queues
  UNION ALL SELECT 'bobjool_outbox_oldest_age_seconds', jsonb_build_object('channel', channel, 'urgency', urgency::text), age::float8 FROM queues
  UNION ALL SELECT 'bobjool_outbox_dead_notices', jsonb_build_object('channel', channel, 'reason', reason), count(is_dead)::float8
              FROM unnest(ARRAY['MAIL', 'PUSH', 'SLACK']) AS c (channel)
             CROSS JOIN unnest(ARRAY['address-refused', 'gave-up', 'not-writable', 'rejected']) AS w (reason)
              LEFT JOIN dead USING (channel, reason) GROUP BY channel, reason
  UNION ALL SELECT 'bobjool_sweep_age_seconds', '{}', extract(epoch FROM now() - ended_at)::float8 FROM sweeps WHERE what = 'ROOMS'
  UNION ALL SELECT 'bobjool_sweep_duration_seconds', '{}', took_ms / 1000.0::float8 FROM sweeps WHERE what = 'ROOMS'
  UNION ALL SELECT 'bobjool_sweep_failed_jobs', '{}', failed_jobs::float8 FROM sweeps WHERE what = 'ROOMS'
  UNION ALL SELECT 'bobjool_backup_age_seconds', '{}', extract(epoch FROM now() - ended_at)::float8
              FROM (SELECT ended_at FROM backups ORDER BY ended_at DESC LIMIT 1) AS newest
  UNION ALL SELECT 'bobjool_reservations', jsonb_build_object('status', s.status), coalesce(sum(today.count), 0)::float8
              FROM unnest(enum_range(NULL::reservation_status)) AS s (status) LEFT JOIN today ON today.status = s.status GROUP BY s.status
  UNION ALL SELECT 'bobjool_holds', jsonb_build_object('state', 'running'), count(*) FILTER (WHERE is_running)::float8 FROM holds
  UNION ALL SELECT 'bobjool_holds', jsonb_build_object('state', 'overdue'), count(*) FILTER (WHERE NOT is_running)::float8 FROM holds
  UNION ALL SELECT 'bobjool_tickets_waiting', jsonb_build_object('status', s.status), count(t.status)::float8
              FROM unnest(ARRAY['WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED']::ticket_status[]) AS s (status)
              LEFT JOIN tickets_now t ON t.status = s.status GROUP BY s.status
  UNION ALL SELECT 'bobjool_openings_ahead', jsonb_build_object('within', within), count(is_open)::float8
              FROM terms LEFT JOIN ahead USING (within) GROUP BY within
  UNION ALL SELECT 'bobjool_opening_entries_ahead', jsonb_build_object('within', within), coalesce(sum(entries), 0)::float8
              FROM terms LEFT JOIN ahead USING (within) GROUP BY within
  UNION ALL SELECT 'bobjool_openings_empty', '{}', count(*) FILTER (WHERE within = 'hour' AND is_open AND entries = 0)::float8 FROM ahead
  UNION ALL SELECT 'bobjool_openings_undrawn', '{}', count(*)::float8 FROM openings o
             WHERE o.opens_at BETWEEN now() - interval '1 day' AND now() - interval '30 seconds' AND o.order_by = 'DRAW'
               AND o.drawn_at IS NULL AND o.cancelled_at IS NULL
               AND EXISTS (SELECT FROM opening_entries e WHERE e.opening_id = o.id)
  UNION ALL SELECT 'bobjool_postgres_up', '{}', 1::float8`

/**
 * What the database knows of the service, the same from every process. While Postgres is away, or does
 * not answer in time, only that.
 */
export async function readService(): Promise<Reading[]> {
  try {
    const { rows } = await pool.query<Reading>(READ_SERVICE)
    return rows
  } catch (error) {
    if (classifyDatabaseError(error) === 'bug') throw error
    log.warn({ error: error instanceof Error ? error.message : String(error) }, 'database away')
    return [{ name: 'bobjool_postgres_up', labels: {}, value: 0 }]
  }
}
