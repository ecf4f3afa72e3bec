import type { SessionClaims } from '@/lib/crypto/session-token'
import { runTransaction, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import type { Account } from '@/prisma/generated/client'
import { lockOwnAccount, type OwnAccount } from './account.commands'
import { recordAct } from './audit.commands'
import { hashInTurn, judgeOwnPassword } from './commands'
import { voidLinks } from './link.commands'
import { queueAccountMail } from './notice.commands'
import { claimsOf } from './rules'

/**
 * Ends every existing session of the account, and every mailed link that would open it. Expects the
 * account's row locked.
 */
export async function beginEpoch(tx: Transaction, accountId: string): Promise<Account> {
  const purposes = ['SIGN_IN', 'RESET_PASSWORD', 'CHANGE_ADDRESS'] as const
  await voidLinks(tx, { accountId, purposes })
  return tx.account.update({
    where: { id: accountId },
    data: { sessionEpoch: { increment: 1 } },
  })
}

/**
 * Ends all of an account's sessions but the caller's, and returns the claims to continue that one:
 * a person who presses "sign out everywhere" holds a device they trust. Locks the account's row.
 */
export function endSessions({ accountId, address }: OwnAccount) {
  return runTransaction<SessionClaims>(async (tx, stop) => {
    await lockOwnAccount(tx, { accountId, stop })
    const account = await beginEpoch(tx, accountId)
    const actor = { accountId, role: account.role, address }
    await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor,
      act: 'END_SESSIONS',
      to: 'ACTIVE',
    })
    return claimsOf(account)
  })
}

/**
 * Sets a new password, ends all other sessions and mails a notice of it. An account without a
 * password needs no present one. Locks the account's row; refuses `changed-meanwhile` when another
 * device changed the password after the present one was checked.
 */
export async function changePassword({
  accountId,
  address,
  presentPassword,
  newPassword,
}: OwnAccount & {
  presentPassword?: string | undefined
  newPassword: string
}): Promise<Result<SessionClaims>> {
  const judged = await judgeOwnPassword({ accountId, password: presentPassword })
  if (!judged.ok) return judged
  const hashed = await hashInTurn(newPassword)
  if (!hashed.ok) return hashed
  return runTransaction<SessionClaims>(async (tx, stop) => {
    const before = await lockOwnAccount(tx, { accountId, stop })
    if (before.passwordHash !== judged.value.stored) return stop(refuse('changed-meanwhile'))
    await tx.account.update({ where: { id: accountId }, data: { passwordHash: hashed.value } })
    const account = await beginEpoch(tx, accountId)
    const actor = { accountId, role: account.role, address }
    const { id: eventId } = await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor,
      act: 'CHANGE_PASSWORD',
      to: 'ACTIVE',
    })
    const recipient = account.email
    await queueAccountMail(tx, { eventId, kind: 'PASSWORD_CHANGED', account, recipient })
    return claimsOf(account)
  })
}
