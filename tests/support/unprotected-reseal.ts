import { type DataKey, decryptValue, encryptValue } from '@/lib/crypto/encrypted-value'
import type { Database } from '@/prisma/rows'

/** The control of `reseal`: it reads, seals, and writes whatever became of the row meanwhile. */
export async function resealBlindly(db: Database, keys: readonly DataKey[]): Promise<void> {
  const { rows } = await db.query<{ id: string; url: string }>(
    'SELECT restaurant_id AS id, url FROM slack_hooks',
  )
  for (const { id, url } of rows) {
    const place = { table: 'slack_hooks', column: 'url', rowId: id }
    const opened = decryptValue({ stored: url, place, keys })
    if (!('text' in opened)) continue
    const sealed = encryptValue({ text: opened.text, place, keys })
    await db.query('UPDATE slack_hooks SET url = $2 WHERE restaurant_id = $1', [id, sealed])
  }
}
