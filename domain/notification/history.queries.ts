import { z } from 'zod'
import { cutPage, type Page, readCursor } from '@/lib/db/cursor'
import { pool } from '@/lib/db/database'
import type { NoticeLine, NoticeQuery, OutboxFigures } from './history.schema'
import { accountOf, factsOf } from './outbox.queries'
import { NO_CHANNEL_YET, type NoticeChannel } from './types'

/** One that has no channel yet becomes a mail. */
const CHANNEL = `CASE n.channel WHEN '${NO_CHANNEL_YET}' THEN 'MAIL' ELSE n.channel END AS channel`

/** The two indexes of the history hold every other. */
const HAS_NO_CHANNEL = `n.channel = '${NO_CHANNEL_YET}' AND n.state = 'QUEUED'`
const IS_INDEXED = `(n.channel <> '${NO_CHANNEL_YET}' OR n.state <> 'QUEUED')`

const LATEST_FIRST = 'ORDER BY n.ordinal DESC, n.id DESC LIMIT'

/**
 * The latest notices of which a condition is true, for `LINE`. Those of bookings just made have no channel yet;
 * they are few, and found among the lanes.
 */
const latest = ({
  where,
  waiting = where,
  limit,
}: {
  where: string
  waiting?: string
  limit: string
}) => `(
  (SELECT n.* FROM notices n WHERE ${where} AND ${IS_INDEXED} ${LATEST_FIRST} ${limit})
  UNION ALL
  (SELECT n.* FROM notices n WHERE ${waiting} AND n.urgency IN (0, 1, 2) AND ${HAS_NO_CHANNEL} ${LATEST_FIRST} ${limit}))`

/** A waiting notice goes to the address that its person has now, a sent one went to the row's. */
const LINE = (notices = 'notices') => `
  SELECT n.id, n.kind,
         coalesce((SELECT facts.recipient FROM ${factsOf('n')} AS facts WHERE n.state = 'QUEUED'), n.recipient) AS recipient,
         n.state::text AS state, iso_instant(n.queued_at) AS "queuedAt",
         iso_instant(n.sent_at) AS "sentAt", n.attempts, n.last_error AS "lastError",
         n.dropped_because AS "droppedBecause", iso_instant(n.due_at) AS "dueAt", ${CHANNEL},
         n.routed_because AS "routedBecause", n.bounced_at IS NOT NULL AS "isBounced",
         n.ordinal::text AS ordinal
    FROM ${notices} n`

const IS_WAITING = `(due_at <= now() OR attempts > 0)`

/** Notices of one act share their ordinal, and a page may end between them. */
const placeKey = z.tuple([z.string().regex(/^\d{1,18}$/), z.uuid()])

type Row = NoticeLine & { ordinal: string }

const placeOf = ({ ordinal, id }: Row) => [ordinal, id]

/** One page of the notices to a person, latest first. */
export async function listNoticesOf({
  accountId,
  cursor,
  limit = 10,
}: {
  accountId: string
  cursor: string | null
  limit?: number
}): Promise<Page<NoticeLine>> {
  const [ordinal = null, id = null] = readCursor(placeKey, cursor) ?? []
  const isFurther = '($2::bigint IS NULL OR (n.ordinal, n.id) < ($2::bigint, $4::uuid))'
  const found = latest({
    where: `n.account_id = $1 AND ${isFurther}`,
    waiting: `${accountOf('n')} = $1 AND ${isFurther}`,
    limit: '$3',
  })
  const { rows } = await pool.query<Row>(`${LINE(found)} ${LATEST_FIRST} $3`, [
    accountId,
    ordinal,
    limit + 1,
    id,
  ])
  return cutPage({ rows, limit, keyOf: placeOf })
}

/** The notices about one subject, latest first; never more than a few. */
export async function listNoticesAbout(subjectId: string): Promise<NoticeLine[]> {
  const { rows } = await pool.query<Row>(`${LINE()} WHERE n.subject_id = $1 ${LATEST_FIRST} 50`, [
    subjectId,
  ])
  return rows
}

/**
 * One page of a history, latest first. `accountId` null: everyone's; `restaurantId` null: every
 * restaurant's, and accounts' own. Days are in `timeZone`.
 */
export async function listNotices({
  accountId,
  restaurantId,
  timeZone,
  query: { kind, state, day, cursor },
  limit = 30,
}: {
  accountId: string | null
  restaurantId: string | null
  timeZone: string
  query: Omit<NoticeQuery, 'person' | 'shown'>
  limit?: number
}): Promise<Page<NoticeLine>> {
  const [ordinal = null, id = null] = readCursor(placeKey, cursor) ?? []
  // Leaving out unused conditions lets Postgres choose the index for the ones that remain.
  const narrow = (account: string) => `
    ${accountId ? `${account} = $7` : '$7::uuid IS NULL'}
    AND ${restaurantId ? 'n.restaurant_id = $8' : '$8::uuid IS NULL'}
    AND ($1::bigint IS NULL OR (n.ordinal, n.id) < ($1::bigint, $9::uuid))
    AND ($2::text IS NULL OR n.kind = $2) AND ($3::text IS NULL OR n.state = $3::notice_state)
    AND ($4::date IS NULL OR (n.queued_at >= $4::timestamp AT TIME ZONE $5
                          AND n.queued_at < ($4::date + 1)::timestamp AT TIME ZONE $5))`
  const found = latest({
    where: narrow('n.account_id'),
    waiting: narrow(accountOf('n')),
    limit: '$6',
  })
  const { rows } = await pool.query<Row>(`${LINE(found)} ${LATEST_FIRST} $6`, [
    ordinal,
    kind,
    state,
    day,
    timeZone,
    limit + 1,
    accountId,
    restaurantId,
    id,
  ])
  return cutPage({ rows, limit, keyOf: placeOf })
}

/**
 * Counts notices that are waiting or could not be sent. A retry in its back-off counts as waiting,
 * a reminder before its time does not.
 */
export async function readOutboxFigures(): Promise<OutboxFigures> {
  const { rows } = await pool.query<OutboxFigures>(
    `SELECT * FROM (
       SELECT count(*)::int AS waiting,
              iso_instant(min(greatest(queued_at, CASE WHEN attempts = 0 THEN due_at END))) AS "oldestWaitingAt"
         FROM notices WHERE state = 'QUEUED' AND ${IS_WAITING}) AS queued
     CROSS JOIN (
       SELECT count(*)::int AS failed, iso_instant(min(queued_at)) AS "oldestFailedAt"
         FROM notices WHERE state = 'DEAD') AS dead`,
  )
  return rows[0] ?? { waiting: 0, oldestWaitingAt: null, failed: 0, oldestFailedAt: null }
}

export type StoredNotice = {
  id: string
  kind: string
  channel: NoticeChannel
  locale: string
  payload: unknown
  queuedAt: Date
}

/**
 * One notice, as it was sent, or as it would be sent now; `restaurantId` null: any restaurant's.
 * Null: there is none in that scope.
 */
export async function findNotice({
  noticeId,
  restaurantId,
}: {
  noticeId: string
  restaurantId: string | null
}): Promise<StoredNotice | null> {
  const { rows } = await pool.query<StoredNotice>(
    `SELECT n.id, n.kind, ${CHANNEL}, coalesce(facts.locale, n.locale) AS locale,
            coalesce(facts.payload, n.payload) AS payload, n.queued_at AS "queuedAt"
       FROM notices n LEFT JOIN LATERAL ${factsOf('n')} AS facts ON n.state = 'QUEUED'
      WHERE n.id = $1 AND ($2::uuid IS NULL OR n.restaurant_id = $2)`,
    [noticeId, restaurantId],
  )
  return rows[0] ?? null
}
