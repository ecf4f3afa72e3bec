import { isCode } from '@/lib/crypto/mailed-code'
import { pool } from '@/lib/db/database'

/** Control: counting a try by reading, then writing. Returns whether the code was judged. */
export async function takeCodeTryWithoutLock({
  requestId,
  code,
}: {
  requestId: string
  code: string
}): Promise<boolean> {
  const { rows } = await pool.query<{ tries: number }>(
    'SELECT code_tries AS tries FROM link_requests WHERE id = $1',
    [requestId],
  )
  const tries = rows[0]?.tries ?? 5
  if (tries >= 5) return false
  isCode({ kind: 'link-request', id: requestId, code })
  await pool.query('UPDATE link_requests SET code_tries = $2 WHERE id = $1', [requestId, tries + 1])
  return true
}
