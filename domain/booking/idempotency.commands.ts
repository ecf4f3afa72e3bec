import type { Stop, Transaction } from '@/lib/db/transaction'
import { refuse } from '@/lib/problems/result'
import { hashRequest } from './commands'

type Stored = { requestHash: string; response: object }

/** Where the keys of one asker and their first answers are kept. */
export interface IdempotencyStore {
  /** Whose keys they are: an account's id, or that of a ticket whose link was shown. */
  ownerId: string
  find: (tx: Transaction, key: string) => Promise<Stored | undefined>
  keep: (
    tx: Transaction,
    answer: { key: string; requestHash: string; json: string },
  ) => Promise<void>
}

export const keysOfAccount = (accountId: string): IdempotencyStore => ({
  ownerId: accountId,
  find: async (tx, key) => {
    const [stored] = await tx.$queryRaw<Stored[]>`
      SELECT request_hash AS "requestHash", response FROM idempotency_keys
       WHERE account_id = ${accountId}::uuid AND key = ${key}`
    return stored
  },
  keep: async (tx, { key, requestHash, json }) => {
    await tx.$executeRaw`
      INSERT INTO idempotency_keys (account_id, key, request_hash, response)
      VALUES (${accountId}::uuid, ${key}, ${requestHash}, ${json}::jsonb)`
  },
})

/**
 * Does something once for each of its asker's keys: whoever asks again, because the answer was
 * lost, gets the first answer and causes nothing new (G4). The answer is stored in the transaction
 * that made it; a refusal is not, and is judged anew. Without a key it is simply done.
 *
 * Tries the key's advisory lock first and never waits for it: the same one that bookings take.
 * Stops with `in-progress` while the first is still running, and with `key-reused` when the key
 * belongs to another request.
 */
export async function runOnce<Answer extends object>(
  tx: Transaction,
  {
    store,
    key,
    request,
    stop,
    answer,
  }: {
    store: IdempotencyStore
    /** Null: it can't be asked again. */
    key: string | null
    /** What makes two requests the same. */
    request: object
    stop: Stop
    answer: () => Promise<Answer>
  },
): Promise<Answer> {
  if (key === null) return answer()
  const [lock] = await tx.$queryRaw<{ isMine: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${store.ownerId} || ' ' || ${key}, 4)) AS "isMine"`
  if (!lock?.isMine) return stop(refuse('in-progress'))
  const requestHash = hashRequest(request)
  const stored = await store.find(tx, key)
  if (stored)
    return stored.requestHash === requestHash
      ? (stored.response as Answer)
      : stop(refuse('key-reused'))
  const made = await answer()
  await store.keep(tx, { key, requestHash, json: JSON.stringify(made) })
  return made
}
