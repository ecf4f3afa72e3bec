import type { PasskeyAnswer } from '@/lib/crypto/passkey'
import { readChallenge } from '@/lib/crypto/passkey'
import { pool } from '@/lib/db/database'

/** Control: spending a challenge by reading, then deleting. Returns whether it was there to spend. */
export async function spendWithoutLock(answer: PasskeyAnswer): Promise<boolean> {
  const challenge = readChallenge(answer)
  const { rowCount } = await pool.query(
    'SELECT FROM passkey_challenges WHERE challenge = $1 AND expires_at > now()',
    [challenge],
  )
  if (!rowCount) return false
  await pool.query('DELETE FROM passkey_challenges WHERE challenge = $1', [challenge])
  return true
}
