import { type Refusal, refuse } from '@/lib/result'
import type { Transaction } from '../claim/commands'
import { hashRequest } from '../commands'

/**
 * Does something once for each of an account's keys: whoever asks again, because the answer was
 * lost, gets the first answer and causes nothing new (G4). The answer is stored in the transaction
 * that made it; a refusal is not, and is judged anew. Without a key it is simply done.
 *
 * Tries the key's advisory lock first and never waits for it: the same one that bookings take.
 * Stops with `in-progress` while the first is still running, and with `key-reused` when the key
 * belongs to another request.
 */
export async function answerOnce<Answer extends object>(
  tx: Transaction,
  {
    accountId,
    key,
    request,
    stop,
    answer,
  }: {
    accountId: string
    /** Null: it can't be asked again. */
    key: string | null
    /** What makes two requests the same. */
    request: object
    stop: (refusal: Refusal) => never
    answer: () => Promise<Answer>
  },
): Promise<Answer> {
  if (key === null) return answer()
  const [lock] = await tx.$queryRaw<{ isMine: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${accountId} || ' ' || ${key}, 4)) AS "isMine"`
  if (!lock?.isMine) return stop(refuse('in-progress'))
  const requestHash = hashRequest(request)
  const [stored] = await tx.$queryRaw<{ requestHash: string; response: Answer }[]>`
    SELECT request_hash AS "requestHash", response FROM idempotency_keys
     WHERE account_id = ${accountId}::uuid AND key = ${key}`
  if (stored)
    return stored.requestHash === requestHash ? stored.response : stop(refuse('key-reused'))
  const made = await answer()
  await tx.$executeRaw`
    INSERT INTO idempotency_keys (account_id, key, request_hash, response)
    VALUES (${accountId}::uuid, ${key}, ${requestHash}, ${JSON.stringify(made)}::jsonb)`
  return made
}
