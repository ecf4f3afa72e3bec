import { readLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import { withShownPhone } from '@/lib/text/phone'
import type { FoundLink } from './link.rules'
import { LINK_MINUTES } from './link.rules'
import { type Errand, errand } from './link.schema'
import type { Asking, OwnRequest } from './link-request.rules'
import type { AccountOverview, OwnerApplication } from './types'

/** A person's own account. Null: it is gone. */
export async function findAccountOverview(accountId: string): Promise<AccountOverview | null> {
  const { rows } = await pool.query<AccountOverview>(
    `SELECT a.id, a.name, a.email, a.email_confirmed_at IS NOT NULL AS "isConfirmed", a.phone, a.locale, is_mail_refused(a.email) AS "isMailRefused",
            a.role::text AS role, a.password_hash IS NOT NULL AS "hasPassword", a.needs_passkey AS "needsPasskey",
            CASE WHEN a.owner_approved_at IS NOT NULL THEN 'approved'
                 WHEN a.owner_refused_at IS NOT NULL THEN 'refused'
                 WHEN a.role = 'OWNER' THEN 'waiting' ELSE 'none' END AS "ownerState",
            a.owner_refusal AS "ownerRefusal",
            ARRAY(SELECT l.provider FROM external_logins l
                   WHERE l.account_id = a.id ORDER BY l.provider) AS logins,
            (SELECT l.email FROM account_links l
              WHERE l.account_id = a.id AND l.purpose = 'CHANGE_ADDRESS'
                AND l.used_at IS NULL AND l.expires_at > now()
              ORDER BY l.created_at DESC LIMIT 1) AS "pendingEmail"
       FROM accounts a WHERE a.id = $1`,
    [accountId],
  )
  return rows.map((row) => withShownPhone(row))[0] ?? null
}

/** The account's current application. A deleted account counts as a diner's. */
export async function readOwnerApplication(accountId: string): Promise<OwnerApplication> {
  const { rows } = await pool.query<{ role: string; isApproved: boolean; refusal: string | null }>(
    `SELECT role, owner_approved_at IS NOT NULL AS "isApproved", owner_refusal AS refusal
       FROM accounts WHERE id = $1`,
    [accountId],
  )
  const [account] = rows
  if (!account || account.role === 'DINER') return { state: 'DINER' }
  if (account.role === 'ADMIN') return { state: 'ADMIN' }
  if (account.isApproved) return { state: 'APPROVED' }
  return account.refusal === null
    ? { state: 'WAITING' }
    : { state: 'REFUSED', reason: account.refusal }
}

/** Whether anything but its mail opens an account that was never confirmed; `a` is the account. */
export const HAS_WAY_IN = `
  (a.password_hash IS NOT NULL OR EXISTS (SELECT FROM external_logins e WHERE e.account_id = a.id))`

/** Whether a link still works, by the database's clock; `l` is the link, `a` its account. */
export const LINK_STATE = `
  CASE WHEN l.used_at IS NOT NULL THEN 'used'
       WHEN l.expires_at <= now() THEN 'expired'
       WHEN l.purpose NOT IN ('CHANGE_ADDRESS', 'UNDO_ADDRESS') AND l.email <> a.email THEN 'expired'
       ELSE 'open' END`

/**
 * Reads a link without using it: mail scanners follow links, so viewing one changes nothing. Null
 * for anything that is not a link of ours.
 */
export async function findLink(token: string): Promise<FoundLink | null> {
  const id = readLink({ kind: 'account', token })
  if (!id) return null
  const { rows } = await pool.query<FoundLink>(
    `SELECT l.purpose, ${LINK_STATE} AS state, l.account_id AS "accountId", l.email, a.name,
            a.email_confirmed_at IS NOT NULL AS "isConfirmed", ${HAS_WAY_IN} AS "hasWayIn",
            l.email = a.email AS "isCurrent"
       FROM account_links l JOIN accounts a ON a.id = l.account_id
      WHERE l.id = $1`,
    [id],
  )
  return rows[0] ?? null
}

/** Where the visitor who asked for a link goes on. Null: not a link of ours, or nobody asked. */
export async function findErrand(token: string): Promise<Errand | null> {
  const id = readLink({ kind: 'account', token })
  if (!id) return null
  const { rows } = await pool.query<{ returnPath: string; texts: unknown }>(
    'SELECT return_path AS "returnPath", texts FROM link_requests WHERE link_id = $1',
    [id],
  )
  return rows[0] ? errand.parse(rows[0]) : null
}

/**
 * The browser that asked for a sign-in link, while its reader may still pick the number it shows.
 * Null: nobody asked, the asking browser is the reader's own, or its time is over. A mailbox whose
 * owner refused a number is asked for none for a day.
 */
export async function findAsking({
  token,
  ownRequestId,
}: {
  token: string
  ownRequestId: string | null
}): Promise<Asking | null> {
  const id = readLink({ kind: 'account', token })
  if (!id) return null
  const { rows } = await pool.query<Asking>(
    `SELECT r.browser, r.system, r.choices
       FROM link_requests r JOIN account_links l ON l.id = r.link_id
      WHERE l.id = $1 AND l.purpose = 'SIGN_IN' AND r.id IS DISTINCT FROM $2::uuid
        AND r.picked_number IS NULL AND r.expires_at > now()
        AND NOT EXISTS (SELECT FROM link_requests o JOIN account_links m ON m.id = o.link_id
                         WHERE m.account_id = l.account_id AND o.picked_number <> o.number
                           AND o.created_at > now() - interval '1 day')`,
    [id, ownRequestId],
  )
  return rows[0] ?? null
}

/** A request by its id, which only the browser that made it knows. Null: forgotten. */
export async function findOwnRequest(id: string): Promise<OwnRequest | null> {
  const { rows } = await pool.query<OwnRequest>(
    `SELECT r.id, r.purpose, r.email, r.return_path AS "returnPath", r.number,
            iso_instant(now()) AS "asOf",
            CASE WHEN r.picked_number <> r.number THEN 'refused'
                 WHEN l.used_at IS NOT NULL AND l.purpose = 'CONFIRM_ADDRESS' THEN 'confirmed'
                 WHEN l.used_at IS NOT NULL THEN 'used'
                 WHEN r.picked_number = r.number AND r.expires_at > now() THEN 'picked'
                 WHEN r.created_at <= now() - ($2::jsonb ->> r.purpose)::integer * interval '1 minute' THEN 'over'
                 ELSE 'waiting' END AS state
       FROM link_requests r LEFT JOIN account_links l ON l.id = r.link_id
      WHERE r.id = $1`,
    [id, JSON.stringify(LINK_MINUTES)],
  )
  return rows[0] ?? null
}
