import { createHash } from 'node:crypto'
import { pool } from '@/lib/db/database'
import type { Stop, Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import type { SessionRef } from './types'

/** The owner of a key: an account, or the holder of a ticket's link, who has no other identity. */
export type Asker = { accountId: string } | { ticketId: string }

/** What using a key can be refused for. */
export type KeyRefusal = 'in-progress' | 'key-reused'

type Stored<Answer> = { requestHash: string; response: Answer }

/** Equal for equal requests, whatever the order of their fields. */
export function hashRequest(request: object): string {
  const fields = Object.entries(request).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(fields)).digest('base64url')
}

const columnOf = (asker: Asker) => ('accountId' in asker ? 'account_id' : 'ticket_id')
const idOf = (asker: Asker) => ('accountId' in asker ? asker.accountId : asker.ticketId)

/** Refuses `key-reused` when the key belongs to another request. */
function judgeStored<Answer>(
  stored: Stored<Answer> | undefined,
  requestHash: string,
): Result<Answer | null, 'key-reused'> {
  if (!stored) return succeed(null)
  return stored.requestHash === requestHash ? succeed(stored.response) : refuse('key-reused')
}

/**
 * The first answer to an account's request, or null when there is none yet (G4). Refuses
 * `signed-out` when the session has ended, whose stored answers are nobody's, and `key-reused` when
 * the key belongs to another request.
 */
export async function findFirstAnswer<Answer>({
  session: { accountId, epoch, sessionId },
  key,
  request,
}: {
  session: SessionRef
  key: string
  request: object
}): Promise<Result<Answer | null, 'key-reused' | 'signed-out'>> {
  const { rows } = await pool.query<{ isLive: boolean; stored: Stored<Answer> | null }>(
    `SELECT is_session_live(p_account => $1, p_epoch => $2, p_session => $3) AS "isLive",
            (SELECT jsonb_build_object('requestHash', request_hash, 'response', response)
               FROM idempotency_keys WHERE account_id = $1 AND key = $4) AS stored`,
    [accountId, epoch, sessionId, key],
  )
  if (!rows[0]?.isLive) return refuse('signed-out')
  return judgeStored(rows[0].stored ?? undefined, hashRequest(request))
}

/**
 * Runs work once for each key of its asker: a client that retries because the answer was lost gets
 * the first answer and causes nothing new (G4). The answer is stored in the transaction that made
 * it; a refusal is not stored, and a retry is judged anew. Without a key the work simply runs.
 *
 * Tries the key's advisory lock first and never waits for it. It is the lock that tickets take,
 * whose function handles its keys itself; a booking locks its diner instead. Stops with `in-progress` while the
 * first request is still running, and with `key-reused` when the key belongs to another request.
 */
export async function runOnce<Answer extends object>(
  tx: Transaction,
  {
    asker,
    key,
    request,
    stop,
    answer,
  }: {
    /** Null: the holder of a link, whose requests have no keys. */
    asker: Asker | null
    /** Null: the request can't be retried. */
    key: string | null
    /** The content by which two requests count as the same. */
    request: object
    stop: Stop<KeyRefusal>
    answer: () => Promise<Answer>
  },
): Promise<Answer> {
  if (key === null || asker === null) return answer()
  const id = idOf(asker)
  const { Prisma } = await import('@/prisma/generated/client')
  const column = Prisma.raw(columnOf(asker))
  const requestHash = hashRequest(request)
  const [lock] = await tx.$queryRaw<{ isMine: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${id} || ' ' || ${key}, 4)) AS "isMine"`
  if (!lock?.isMine) return stop(refuse('in-progress'))
  const [stored] = await tx.$queryRaw<Stored<Answer>[]>`
    SELECT request_hash AS "requestHash", response FROM idempotency_keys
     WHERE ${column} = ${id}::uuid AND key = ${key}`
  const first = judgeStored(stored, requestHash)
  if (!first.ok) return stop(first)
  if (first.value) return first.value
  const made = await answer()
  const kept = await tx.$executeRaw`
    INSERT INTO idempotency_keys (${column}, key, request_hash, response)
    VALUES (${id}::uuid, ${key}, ${requestHash}, ${JSON.stringify(made)}::jsonb) ON CONFLICT DO NOTHING`
  // A booking, which takes another lock, has just used the key.
  return kept === 1 ? made : stop(refuse('key-reused'))
}
