import type { SessionClaims } from '@/lib/crypto/session-token'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import type { Locale } from '@/lib/i18n/locale'
import { refuse } from '@/lib/problems/result'
import type { Account } from '@/prisma/generated/client'
import { recordAccountAct } from './audit.commands'
import type { ProfileChange } from './profile.schema'
import { claimsOf } from './rules'

/** Who acts upon their own account, and from which network address, if one is vouched for. */
export type OwnAccount = { accountId: string; address: string | null }

/** Locks the account's row. Stops with `signed-out` when it is gone: whose session would that be? */
export async function lockOwnAccount(
  tx: Transaction,
  { accountId, stop }: { accountId: string; stop: Stop },
): Promise<Account> {
  await tx.$queryRaw`SELECT FROM accounts WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`
  const account = await tx.account.findUnique({ where: { id: accountId } })
  return account ?? stop(refuse('signed-out'))
}

/** Writes what changed and who did it; the audit trail names the fields, never what was in them. */
async function writeOwnFields(
  { accountId, address }: OwnAccount,
  data: { name?: string | undefined; phone?: string | null | undefined; locale?: Locale },
) {
  return runTransaction<SessionClaims>(async (tx, stop) => {
    const before = await lockOwnAccount(tx, { accountId, stop })
    const given = new Map<string, unknown>(Object.entries(data))
    const fields = (['name', 'phone', 'locale'] as const).filter(
      (field) => given.get(field) !== undefined && given.get(field) !== before[field],
    )
    if (fields.length === 0) return claimsOf(before)
    const account = await tx.account.update({ where: { id: accountId }, data })
    const actor = { accountId, role: account.role, address }
    const details = { fields }
    await recordAccountAct(tx, { accountId, actor, act: 'CHANGE', to: 'ACTIVE', details })
    return claimsOf(account)
  })
}

/**
 * Somebody changes their own name and phone. Gives what sessions now have to say. Locks the
 * account's row. Refuses `signed-out` when the account is gone.
 */
export function changeProfile({ change, ...own }: OwnAccount & { change: ProfileChange }) {
  return writeOwnFields(own, change)
}

/** The language of mails, and of the pages somebody is led to. As `changeProfile`. */
export function changeLanguage({ language, ...own }: OwnAccount & { language: Locale }) {
  return writeOwnFields(own, { locale: language })
}
