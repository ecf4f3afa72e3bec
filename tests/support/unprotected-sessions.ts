import { pool } from '@/lib/db/database'

/** Control: opening a session without the lock on its account. */
export async function openSessionUnlocked(accountId: string): Promise<void> {
  await pool.query(
    `INSERT INTO sessions (account_id, epoch, browser, system, expires_at)
     SELECT id, session_epoch, 'OTHER', 'OTHER', now() + interval '30 days' FROM accounts WHERE id = $1`,
    [accountId],
  )
}

/** Control: judging a session's proof without the lock on its row. */
export async function actWithoutProof(sessionId: string): Promise<boolean> {
  const { rows } = await pool.query<{ isFresh: boolean }>(
    `SELECT proved_at > now() - interval '10 minutes' AS "isFresh" FROM sessions WHERE id = $1`,
    [sessionId],
  )
  return rows[0]?.isFresh ?? false
}
