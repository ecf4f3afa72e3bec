import { pool } from '@/lib/db/database'

/** Control: deciding about an owner by reading first and writing afterwards, without a lock. */
export async function decideUnprotected({
  accountId,
  approve,
}: {
  accountId: string
  approve: boolean
}): Promise<{ ok: boolean }> {
  const { rows } = await pool.query<{ isUndecided: boolean }>(
    `SELECT owner_approved_at IS NULL AND owner_refused_at IS NULL AS "isUndecided"
       FROM accounts WHERE id = $1`,
    [accountId],
  )
  await pool.query('SELECT pg_sleep(0.05)')
  if (!rows[0]?.isUndecided) return { ok: false }
  const decision = approve
    ? 'owner_approved_at = now(), owner_refused_at = NULL, owner_refusal = NULL'
    : `owner_approved_at = NULL, owner_refused_at = now(), owner_refusal = '서류가 없어요'`
  await pool.query(`UPDATE accounts SET ${decision} WHERE id = $1`, [accountId])
  return { ok: true }
}
