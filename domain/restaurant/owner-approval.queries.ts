import { momentKey } from '@/domain/identity/admin.schema'
import { cutPage, type Page, readCursor } from '@/lib/db/cursor'
import { pool } from '@/lib/db/database'
import { withShownPhone } from '@/lib/text/phone'
import type { OwnerRequest, OwnerState } from './owner-approval.schema'

/** The last decision and its admin, from the audit log. */
const DECIDED = `
  LEFT JOIN LATERAL (
    SELECT e.at, coalesce(d.name, d.email) AS name FROM audit_events e
      LEFT JOIN accounts d ON d.id = e.actor_id
     WHERE e.subject_id = a.id AND e.act IN ('APPROVE_OWNER', 'REFUSE_OWNER', 'WITHDRAW_APPROVAL')
     ORDER BY e.at DESC LIMIT 1) AS decided ON true`

/** The time of the application: a refused applicant may have asked again. */
const ASKED = `
  CROSS JOIN LATERAL (
    SELECT coalesce(max(e.at), a.created_at) AS at FROM audit_events e
     WHERE e.subject_id = a.id AND e.act = 'ASK_TO_OWN') AS asked`

const STATE = `CASE WHEN a.owner_approved_at IS NOT NULL THEN 'APPROVED'
                    WHEN a.owner_refused_at IS NOT NULL THEN 'REFUSED' ELSE 'WAITING' END`

const REQUEST = `
  SELECT a.id, a.name, a.email, a.phone, ${STATE} AS state,
         a.email_confirmed_at IS NULL AS "isUnconfirmed",
         iso_instant(asked.at) AS "askedAt",
         iso_instant(coalesce(a.owner_approved_at, a.owner_refused_at)) AS "decidedAt",
         decided.name AS "decidedBy", a.owner_refusal AS refusal
    FROM accounts a ${DECIDED} ${ASKED}`

/**
 * Each list has its own partial index. The waiting are listed longest wait first, the others by
 * latest decision.
 */
const lists: Record<OwnerState, { where: string; key: string; order: '>' | '<' }> = {
  WAITING: {
    where: 'a.owner_approved_at IS NULL AND a.owner_refused_at IS NULL',
    key: 'asked.at',
    order: '>',
  },
  APPROVED: { where: 'a.owner_approved_at IS NOT NULL', key: 'a.owner_approved_at', order: '<' },
  REFUSED: { where: 'a.owner_refused_at IS NOT NULL', key: 'a.owner_refused_at', order: '<' },
}

/** One page of applicants for ownership in one state. */
export async function listOwnerRequests({
  state,
  cursor,
  limit = 20,
}: {
  state: OwnerState
  cursor: string | null
  limit?: number
}): Promise<Page<OwnerRequest>> {
  const { where, key, order } = lists[state]
  const [at = null, id = null] = readCursor(momentKey, cursor) ?? []
  const direction = order === '>' ? 'ASC' : 'DESC'
  const { rows } = await pool.query<OwnerRequest>(
    `${REQUEST} WHERE a.role = 'OWNER' AND ${where}
        AND ($1::timestamptz IS NULL OR (${key}, a.id) ${order} ($1::timestamptz, $2::uuid))
      ORDER BY ${key} ${direction}, a.id ${direction} LIMIT $3`,
    [at, id, limit + 1],
  )
  const shown = rows.map((row) => withShownPhone(row))
  return cutPage({ rows: shown, limit, keyOf: (last) => [last.decidedAt ?? last.askedAt, last.id] })
}

/** Null: no such account, or it never asked for ownership. */
export async function findOwnerRequest(accountId: string): Promise<OwnerRequest | null> {
  const { rows } = await pool.query<OwnerRequest>(
    `${REQUEST} WHERE a.role = 'OWNER' AND a.id = $1`,
    [accountId],
  )
  return rows.map((row) => withShownPhone(row))[0] ?? null
}

/** Published restaurants that would be hidden if this owner's approval were withdrawn now. */
export async function listAbandonedBy(
  accountIds: string[],
): Promise<{ accountId: string; restaurants: { id: string; name: string }[] }[]> {
  const { rows } = await pool.query<{
    accountId: string
    restaurants: { id: string; name: string }[]
  }>(
    `SELECT s.account_id AS "accountId",
            json_agg(json_build_object('id', r.id, 'name', r.name) ORDER BY r.name COLLATE "C", r.id) AS restaurants
       FROM restaurant_staff s JOIN restaurants r ON r.id = s.restaurant_id
      WHERE s.account_id = ANY($1::uuid[]) AND s.role = 'OWNER' AND r.published AND r.deleted_at IS NULL
        AND NOT EXISTS (
          SELECT FROM restaurant_staff o JOIN accounts a ON a.id = o.account_id
           WHERE o.restaurant_id = r.id AND o.role = 'OWNER' AND o.account_id <> s.account_id
             AND a.role = 'OWNER' AND a.owner_approved_at IS NOT NULL)
      GROUP BY s.account_id`,
    [accountIds],
  )
  return rows
}
