import { pool } from '@/lib/db/db'
import type { AccountOverview } from './profile.types'

/** Somebody's own account; null when it is gone. */
export async function findAccountOverview(accountId: string): Promise<AccountOverview | null> {
  const { rows } = await pool.query<AccountOverview>(
    `SELECT a.id, a.name, a.email, a.email_confirmed_at IS NOT NULL AS "isConfirmed", a.phone, a.locale, is_mail_refused(a.email) AS "isMailRefused",
            a.role::text AS role, a.password_hash IS NOT NULL AS "hasPassword",
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
  return rows[0] ?? null
}
