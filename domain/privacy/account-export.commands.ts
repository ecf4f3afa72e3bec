import { recordAct } from '@/domain/identity/audit.commands'
import { type Prover, requireProof } from '@/domain/identity/proof.commands'
import { runTransaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import { noteSecurity } from '@/lib/security/security-log'
import type { AccountRole } from '@/prisma/generated/enums'
import { readAccountExport } from './account-export.queries'
import type { AccountExport, ExportFormat } from './schema'

/** A person needs one or two; a thief of a session should not get a fresh copy each day. */
const exports = createLimit({ name: 'export:account', tries: 6, windowSeconds: 3_600 })

type AllowRefusal = 'rate-limited' | 'signed-out' | 'proof-needed'

/**
 * Everything the service keeps about an account, for its person. The audit log records it first, so
 * that nothing is handed out unseen; the copy contains that line. Locks the session's row. Refuses
 * `rate-limited`, as `requireProof`, and `signed-out` when the account is gone.
 */
export async function exportAccount({
  accountId,
  sessionId,
  role,
  address,
  format,
}: Prover & {
  role: AccountRole
  address: string | null
  format: ExportFormat
}): Promise<Result<AccountExport, AllowRefusal>> {
  const allowed = await runTransaction<null, AllowRefusal>(async (tx, stop) => {
    // First of all: who can't prove who they are uses up nothing.
    await requireProof(tx, { accountId, sessionId, stop })
    const limited = await takeEach([[exports, accountId]])
    if (limited) return stop(limited)
    await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor: { accountId, role, address },
      act: 'EXPORT',
      to: 'ACTIVE',
    })
    return null
  })
  if (!allowed.ok) return allowed
  const exported = await readAccountExport(accountId)
  if (!exported) return refuse('signed-out')
  noteSecurity({ event: 'export', kind: 'account', subjectId: accountId, format })
  return succeed(exported)
}
