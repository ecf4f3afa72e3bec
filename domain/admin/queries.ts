import { momentKey } from '@/domain/identity/admin.schema'
import { cutPage, type Page, readCursor } from '@/lib/db/cursor'
import { pool } from '@/lib/db/database'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import type { AuditLogLine, AuditLogQuery, TodayFigures } from './schema'

const MIDNIGHT = `(date_trunc('day', now() AT TIME ZONE '${ADMIN_TIME_ZONE}') AT TIME ZONE '${ADMIN_TIME_ZONE}')`

/** All events: the time of those whose address is still whole has an index of its own. */
const BY_ADDRESS = [
  `(e.address IS NULL OR e.address LIKE '%/%')`,
  `e.address IS NOT NULL AND e.address NOT LIKE '%/%'`,
]

/**
 * Today's figures since midnight, counted from today's audit log rather than from all reservations.
 * Undone acts do not count.
 */
export async function readTodayFigures(): Promise<TodayFigures & { asOf: string }> {
  const { rows } = await pool.query<TodayFigures & { asOf: string }>(
    `SELECT iso_instant(now()) AS "asOf", acts.*,
            (SELECT count(*)::int FROM accounts WHERE created_at >= ${MIDNIGHT}) AS "newAccounts",
            (SELECT count(*)::int FROM accounts
              WHERE role = 'OWNER' AND owner_approved_at IS NULL AND owner_refused_at IS NULL
                AND email_confirmed_at IS NOT NULL) AS "ownersWaiting"
       FROM (SELECT count(*) FILTER (WHERE act = 'BOOK')::int AS booked,
                    count(*) FILTER (WHERE act = 'WALK_IN')::int AS "walkIns",
                    count(*) FILTER (WHERE act = 'CANCEL')::int AS cancelled
               FROM (${BY_ADDRESS.map(
                 (kept) => `SELECT act FROM audit_events e
                       WHERE at >= ${MIDNIGHT} AND subject = 'RESERVATION' AND undone_at IS NULL AND ${kept}`,
               ).join(' UNION ALL ')}) AS today) AS acts`,
  )
  const [figures] = rows
  if (!figures) throw new Error('the figures of today were not read')
  return figures
}

/** When the last backup that was reported ended. Null: none ever was. */
export async function readLastBackup(): Promise<string | null> {
  const { rows } = await pool.query<{ endedAt: string }>(
    `SELECT iso_instant(ended_at) AS "endedAt" FROM backups ORDER BY ended_at DESC LIMIT 1`,
  )
  return rows[0]?.endedAt ?? null
}

const LINE = `
  SELECT e.id, iso_instant(e.at) AS at, e.actor_id AS "actorId", actor.name AS "actorName",
         e.actor_role AS "actorRole", e.address, e.restaurant_id AS "restaurantId",
         r.name AS "restaurantName", e.subject, e.subject_id AS "subjectId",
         subject.name AS "subjectName", e.act, e.from_status AS "fromStatus",
         e.to_status AS "toStatus", iso_instant(e.undone_at) AS "undoneAt", e.details
    FROM audit_events e
    LEFT JOIN accounts actor ON actor.id = e.actor_id
    LEFT JOIN accounts subject ON subject.id = e.subject_id AND e.subject = 'ACCOUNT'
    LEFT JOIN restaurants r ON r.id = e.restaurant_id`

type Asked = Omit<AuditLogQuery, 'person' | 'restaurant'> & {
  /** Null: every account. Otherwise acts by this account or on it. */
  accountId: string | null
  /** Null: every restaurant. */
  restaurantId: string | null
  /** Null: every subject. Otherwise acts on this one. */
  subjectId?: string | null
  limit?: number
}

const NARROWED = `
  ($1::uuid IS NULL OR e.restaurant_id = $1) AND ($2::text IS NULL OR e.subject = $2)
  AND ($3::text IS NULL OR e.act = $3)
  AND ($4::date IS NULL OR e.at >= $4::timestamp AT TIME ZONE '${ADMIN_TIME_ZONE}')
  AND ($5::date IS NULL OR e.at < ($5::date + 1)::timestamp AT TIME ZONE '${ADMIN_TIME_ZONE}')
  AND ($6::timestamptz IS NULL OR (e.at, e.id) < ($6::timestamptz, $7::uuid))`

const newest = (condition: string) =>
  `(${LINE} WHERE ${condition} AND ${NARROWED} ORDER BY e.at DESC, e.id DESC LIMIT $8)`

/**
 * One page of the audit log, newest first. Acts by a person and acts on a person are indexed
 * separately, as are all acts by address, so each index is asked for a page and the newest rows of the two
 * are shown.
 */
export async function listAuditLog({ limit = 30, ...asked }: Asked): Promise<Page<AuditLogLine>> {
  const [at = null, id = null] = readCursor(momentKey, asked.cursor) ?? []
  const { restaurantId, subject, act, from, until, accountId, subjectId } = asked
  const person = accountId ?? subjectId ?? null
  const parts = listConditions({ accountId, restaurantId, person }).map(newest)
  const { rows } = await pool.query<AuditLogLine>(
    `SELECT DISTINCT ON (at, id) * FROM (${parts.join(' UNION ALL ')}) AS e
      ORDER BY at DESC, id DESC LIMIT $8`,
    [restaurantId, subject, act, from, until, at, id, limit + 1, ...(person ? [person] : [])],
  )
  return cutPage({ rows, limit, keyOf: (last) => [last.at, last.id] })
}

/** Each is read along an index of its own. */
function listConditions({
  accountId,
  restaurantId,
  person,
}: Pick<Asked, 'accountId' | 'restaurantId'> & { person: string | null }): string[] {
  if (accountId) return ['e.actor_id = $9', 'e.subject_id = $9']
  if (person) return ['e.subject_id = $9']
  return restaurantId ? ['true'] : BY_ADDRESS
}
