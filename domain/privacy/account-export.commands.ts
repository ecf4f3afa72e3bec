import { recordAct } from '@/domain/identity/audit.commands'
import { runTransaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import { noteSecurity } from '@/lib/security/security-log'
import type { AccountRole } from '@/prisma/generated/enums'
import { readAccountExport } from './account-export.queries'
import type { AccountExport, ExportFormat } from './schema'

/** A person needs one or two; a thief of a session should not get a fresh copy each day. */
const exports = createLimit({ name: 'export:account', tries: 6, windowSeconds: 3_600 })

/**
 * Everything the service keeps about an account, for its person. The audit log records it first, so
 * that nothing is handed out unseen; the copy contains that line. Refuses `rate-limited`, and
 * `signed-out` when the account is gone.
 */
export async function exportAccount({
  accountId,
  role,
  address,
  format,
}: {
  accountId: string
  role: AccountRole
  address: string | null
  format: ExportFormat
}): Promise<Result<AccountExport, 'rate-limited' | 'signed-out'>> {
  const limited = await takeEach([[exports, accountId]])
  if (limited) return limited
  await runTransaction((tx) =>
    recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor: { accountId, role, address },
      act: 'EXPORT',
      to: 'ACTIVE',
    }),
  )
  const exported = await readAccountExport(accountId)
  if (!exported) return refuse('signed-out')
  noteSecurity({ event: 'export', kind: 'account', subjectId: accountId, format })
  return succeed(exported)
}
