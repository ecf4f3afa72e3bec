import { runTransaction } from '@/lib/db/transaction'
import { refuse } from '@/lib/problems/result'
import { lockOwnAccount, type OwnProof } from './account.commands'
import { recordAct } from './audit.commands'
import { requireProof } from './proof.commands'

/**
 * Says of a session's device that several people share it, or that it is one person's again, which
 * needs a fresh proof. The same again changes nothing. Locks the account, then the session. Refuses
 * `signed-out`, also to a token from before sessions had rows, and as `requireProof`.
 */
export function shareDevice({
  accountId,
  sessionId,
  address,
  isShared,
}: OwnProof & { isShared: boolean }) {
  return runTransaction<{ isShared: boolean }, 'signed-out' | 'proof-needed'>(async (tx, stop) => {
    const { role } = await lockOwnAccount(tx, { accountId, stop })
    if (sessionId === null) return stop(refuse('signed-out'))
    if (!isShared) await requireProof(tx, { accountId, sessionId, stop })
    const changed = await tx.$executeRaw`
      UPDATE sessions SET shared_at = CASE WHEN ${isShared} THEN now() END
       WHERE id = ${sessionId}::uuid AND account_id = ${accountId}::uuid AND expires_at > now()
         AND (shared_at IS NULL) = ${isShared}`
    if (changed === 0) return { isShared }
    await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor: { accountId, role, address },
      act: 'SHARE_DEVICE',
      to: isShared ? 'SHARED' : 'OWN',
    })
    return { isShared }
  })
}
