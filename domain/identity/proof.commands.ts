import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { PROOF_MINUTES } from './proof.rules'

/** The session that acts. Null: a token from before sessions had rows, which proves nothing. */
export type Prover = { accountId: string; sessionId: string | null }

type Found = { isFresh: boolean; hasPassword: boolean }

/**
 * Stops the caller's transaction with `proof-needed` unless the person of the session has proved
 * who they are within ten minutes, and with `signed-out` when the session has ended. The details
 * say whether they can do so with a password. Locks the session's row shared, after all others:
 * the act is over before the session ends, or sees its end.
 */
export async function requireProof(
  tx: Transaction,
  { accountId, sessionId, stop }: Prover & { stop: Stop<'proof-needed' | 'signed-out'> },
): Promise<void> {
  if (sessionId === null) {
    const account = await tx.account.findUnique({ where: { id: accountId } })
    return stop(refuse('proof-needed', { hasPassword: account?.passwordHash != null }))
  }
  const [found] = await tx.$queryRaw<Found[]>`
    SELECT coalesce(s.proved_at > now() - ${PROOF_MINUTES}::integer * interval '1 minute', false) AS "isFresh",
           a.password_hash IS NOT NULL AS "hasPassword"
      FROM sessions s JOIN accounts a ON a.id = s.account_id
     WHERE s.id = ${sessionId}::uuid AND a.id = ${accountId}::uuid AND s.expires_at > now()
       FOR SHARE OF s`
  if (!found) return stop(refuse('signed-out'))
  if (!found.isFresh) stop(refuse('proof-needed', { hasPassword: found.hasPassword }))
}

/** Whether an act that needs a proof could go ahead now. Refuses as `requireProof`. */
export function checkProof(prover: Prover): Promise<Result<null, 'proof-needed' | 'signed-out'>> {
  return runTransaction<null, 'proof-needed' | 'signed-out'>(async (tx, stop) => {
    await requireProof(tx, { ...prover, stop })
    return null
  })
}
