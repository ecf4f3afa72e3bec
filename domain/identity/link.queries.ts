import { readLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/db'
import type { FoundLink } from './link.types'

/** Whether a link still works, by the database's clock; `l` is the link, `a` its account. */
export const LINK_STATE = `
  CASE WHEN l.used_at IS NOT NULL THEN 'used'
       WHEN l.expires_at <= now() THEN 'expired'
       WHEN l.purpose <> 'CHANGE_ADDRESS' AND l.email <> a.email THEN 'expired'
       ELSE 'open' END`

/**
 * What a link is, without using it: scanners of mail follow links, so looking changes nothing. Null
 * for everything that is no link of ours.
 */
export async function findLink(token: string): Promise<FoundLink | null> {
  const id = readLink({ kind: 'account', token })
  if (!id) return null
  const { rows } = await pool.query<FoundLink>(
    `SELECT l.purpose, ${LINK_STATE} AS state, l.account_id AS "accountId", l.email, a.name,
            a.email_confirmed_at IS NOT NULL AS "isConfirmed"
       FROM account_links l JOIN accounts a ON a.id = l.account_id
      WHERE l.id = $1`,
    [id],
  )
  return rows[0] ?? null
}
