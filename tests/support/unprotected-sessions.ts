import { pool } from '@/lib/db/database'

/** Control: opening a session without the lock on its account. */
export async function openSessionUnlocked(accountId: string): Promise<void> {
  await pool.query(
    `INSERT INTO sessions (account_id, epoch, browser, system, expires_at)
     SELECT id, session_epoch, 'OTHER', 'OTHER', now() + interval '30 days' FROM accounts WHERE id = $1`,
    [accountId],
  )
}
