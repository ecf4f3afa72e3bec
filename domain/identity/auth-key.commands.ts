import { signingKey } from '@/lib/crypto/auth-key'
import { listPublicKeys } from '@/lib/crypto/receipt'
import { pool } from '@/lib/db/database'
import type { Transaction } from '@/lib/db/transaction'

/** What every process of ours can be asked to verify, as columns: ids and public keys. */
function toColumns(): [ids: string[], publicKeys: string[]] {
  const keys = listPublicKeys()
  return [keys.map(({ id }) => id), keys.map(({ publicKey }) => publicKey)]
}

let publishing: Promise<void> | null = null

/**
 * Publishes the public halves of this process's keys, once: nothing is signed that could not be
 * verified after the key is retired. Of the first ones ever any may have signed before there was a
 * table to note it. Locks nothing but the new rows.
 */
export function publishAuthKeys(): Promise<void> {
  publishing ??= pool
    .query(
      `INSERT INTO auth_keys (key_id, public_key, last_signed_at)
       SELECT own.id, own.key, CASE WHEN NOT EXISTS (SELECT FROM auth_keys) THEN now() END
         FROM unnest($1::text[], $2::text[]) AS own (id, key) ON CONFLICT DO NOTHING`,
      toColumns(),
    )
    .then(
      () => {},
      (error: unknown) => {
        publishing = null
        throw error
      },
    )
  return publishing
}

/** Publishes the signing key in the caller's transaction, for a row that names it. Returns its id. */
export async function publishSigningKey(tx: Transaction): Promise<string> {
  const [ids, publicKeys] = toColumns()
  await tx.$executeRaw`
    INSERT INTO auth_keys (key_id, public_key, last_signed_at)
    SELECT own.id, own.key, CASE WHEN NOT EXISTS (SELECT FROM auth_keys) THEN now() END
      FROM unnest(${ids}::text[], ${publicKeys}::text[]) AS own (id, key) ON CONFLICT DO NOTHING`
  return signingKey().id
}
