import type { SessionClaims } from '@/lib/crypto/session-token'
import { pool } from '@/lib/db/db'

/**
 * What a session says, as the account is now. Null: the account is gone, or the session was ended by
 * "sign out everywhere". One row by its key.
 */
export async function findLiveSession(
  claims: Pick<SessionClaims, 'accountId' | 'epoch'>,
): Promise<SessionClaims | null> {
  const { rows } = await pool.query<SessionClaims>(
    `SELECT id AS "accountId", email, name, role, locale, session_epoch AS epoch,
            role = 'OWNER' AND owner_approved_at IS NULL AS "awaitsApproval"
       FROM accounts WHERE id = $1 AND session_epoch = $2`,
    [claims.accountId, claims.epoch],
  )
  return rows[0] ?? null
}
