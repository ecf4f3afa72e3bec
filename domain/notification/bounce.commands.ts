import { pool } from '@/lib/db/database'
import type { MailReport } from './bounce.schema'

/** An older report may be a replayed copy. */
const FRESH_SECONDS = 300
const KEPT_HOURS = 24

/**
 * Takes in a provider's reports, once per delivery. An address that refuses mail gets none until it
 * is confirmed anew, and the affected notices show that they bounced. One statement; a repeated
 * delivery changes nothing. False: its timestamp is more than five minutes off, by the database's
 * clock.
 */
export async function recordReports({
  deliveryId,
  sentAtSeconds,
  reports,
}: {
  deliveryId: string
  /** Seconds since 1970. */
  sentAtSeconds: number
  reports: MailReport[]
}): Promise<boolean> {
  const { rows } = await pool.query<{ isFresh: boolean }>(
    `WITH clock AS (SELECT abs(extract(epoch FROM now()) - $2::float8) <= ${FRESH_SECONDS} AS is_fresh),
     taken AS (
       INSERT INTO mail_reports (id) SELECT $1 FROM clock WHERE is_fresh
       ON CONFLICT DO NOTHING RETURNING id),
     told AS (
       SELECT * FROM unnest($3::text[], $4::text[], $5::text[], $6::uuid[]) AS t (address, kind, reason, notice_id)
        WHERE EXISTS (SELECT FROM taken)),
     refused AS (
       INSERT INTO mail_refusals (address, kind, reason)
       SELECT DISTINCT ON (address) address, kind, reason FROM told ORDER BY address, kind DESC
       ON CONFLICT (address) DO UPDATE
          SET kind = excluded.kind, reason = excluded.reason, refused_at = now()),
     returned AS (
       UPDATE notices n SET bounced_at = now(), last_error = told.reason
         FROM told WHERE n.id = told.notice_id AND lower(n.recipient) = told.address),
     forgotten AS (
       DELETE FROM mail_reports WHERE received_at < now() - interval '${KEPT_HOURS} hours')
     SELECT is_fresh AS "isFresh" FROM clock`,
    [
      deliveryId,
      sentAtSeconds,
      reports.map(({ address }) => address),
      reports.map(({ kind }) => kind),
      reports.map(({ reason }) => reason),
      reports.map(({ noticeId }) => noticeId),
    ],
  )
  return rows[0]?.isFresh ?? false
}
