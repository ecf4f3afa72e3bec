import { readLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'

/** Control: using a link without its lock; reads, then writes. */
export async function redeemWithoutLock(token: string): Promise<boolean> {
  const id = readLink({ kind: 'account', token })
  const { rows } = await pool.query<{ usedAt: Date | null }>(
    `SELECT used_at AS "usedAt" FROM account_links WHERE id = $1`,
    [id],
  )
  if (rows[0]?.usedAt !== null) return false
  await pool.query('UPDATE account_links SET used_at = now() WHERE id = $1', [id])
  return true
}
