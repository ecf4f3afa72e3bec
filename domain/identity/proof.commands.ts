import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { PROOF_MINUTES } from './proof.rules'

/** The session that acts. Null: a token from before sessions had rows, which proves nothing. */
export type Prover = { accountId: string; sessionId: string | null }

/** What the person can prove it with, beside a mailed code. */
type Ways = { hasPassword: boolean; hasPasskey: boolean }

/**
 * Stops the caller's transaction with `proof-needed` unless the person of the session has proved
 * who they are within ten minutes, and with `signed-out` when the session has ended. The details
 * say whether they can do so with a password or a passkey. Locks the session's row shared, after all others:
 * the act is over before the session ends, or sees its end.
 */
export async function requireProof(
  tx: Transaction,
  { accountId, sessionId, stop }: Prover & { stop: Stop<'proof-needed' | 'signed-out'> },
): Promise<void> {
  if (sessionId === null) return stop(refuse('proof-needed', await readWays(tx, accountId)))
  const [found] = await tx.$queryRaw<{ isFresh: boolean }[]>`
    SELECT coalesce(proved_at > now() - ${PROOF_MINUTES}::integer * interval '1 minute', false) AS "isFresh"
      FROM sessions
     WHERE id = ${sessionId}::uuid AND account_id = ${accountId}::uuid AND expires_at > now()
       FOR SHARE`
  if (!found) return stop(refuse('signed-out'))
  if (!found.isFresh) stop(refuse('proof-needed', await readWays(tx, accountId)))
}

async function readWays(tx: Transaction, accountId: string): Promise<Ways> {
  const [ways] = await tx.$queryRaw<Ways[]>`
    SELECT password_hash IS NOT NULL AS "hasPassword",
           EXISTS (SELECT FROM passkeys p WHERE p.account_id = a.id) AS "hasPasskey"
      FROM accounts a WHERE id = ${accountId}::uuid`
  return ways ?? { hasPassword: false, hasPasskey: false }
}

/** Whether an act that needs a proof could go ahead now. Refuses as `requireProof`. */
export function checkProof(prover: Prover): Promise<Result<null, 'proof-needed' | 'signed-out'>> {
  return runTransaction<null, 'proof-needed' | 'signed-out'>(async (tx, stop) => {
    await requireProof(tx, { ...prover, stop })
    return null
  })
}
