import { z } from 'zod'
import { cutPage, type Page, readCursor } from '@/lib/cursor'
import { pool } from '@/lib/db'
import type { NoticeLine, OutboxFigures } from './types'

const LINE = `
  SELECT n.id, n.kind, n.recipient, n.state::text AS state, iso_instant(n.queued_at) AS "queuedAt",
         iso_instant(n.sent_at) AS "sentAt", n.attempts, n.last_error AS "lastError",
         n.ordinal::text AS ordinal
    FROM notices n`

const ordinalKey = z.tuple([z.string().regex(/^\d{1,18}$/)])

type Row = NoticeLine & { ordinal: string }

/** One page of what somebody was told, the latest first. */
export async function listNoticesOf({
  accountId,
  cursor,
  limit = 10,
}: {
  accountId: string
  cursor: string | null
  limit?: number
}): Promise<Page<NoticeLine>> {
  const [ordinal = null] = readCursor(ordinalKey, cursor) ?? []
  const { rows } = await pool.query<Row>(
    `${LINE} WHERE n.account_id = $1 AND ($2::bigint IS NULL OR n.ordinal < $2::bigint)
      ORDER BY n.ordinal DESC LIMIT $3`,
    [accountId, ordinal, limit + 1],
  )
  return cutPage({ rows, limit, keyOf: (last) => [last.ordinal] })
}

/** What was told about one thing, the latest first; never more than a few. */
export async function listNoticesAbout(subjectId: string): Promise<NoticeLine[]> {
  const { rows } = await pool.query<NoticeLine>(
    `${LINE} WHERE n.subject_id = $1 ORDER BY n.ordinal DESC LIMIT 50`,
    [subjectId],
  )
  return rows
}

/** What waits to be sent, and what could not be. A retry's back-off counts as waiting. */
export async function readOutboxFigures(): Promise<OutboxFigures> {
  const { rows } = await pool.query<OutboxFigures>(
    `SELECT count(*) FILTER (WHERE state = 'QUEUED')::int AS waiting,
            iso_instant(min(queued_at) FILTER (WHERE state = 'QUEUED')) AS "oldestWaitingAt",
            count(*) FILTER (WHERE state = 'DEAD')::int AS failed,
            iso_instant(min(queued_at) FILTER (WHERE state = 'DEAD')) AS "oldestFailedAt"
       FROM notices WHERE state IN ('QUEUED', 'DEAD')`,
  )
  return rows[0] ?? { waiting: 0, oldestWaitingAt: null, failed: 0, oldestFailedAt: null }
}
