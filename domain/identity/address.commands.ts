import type { SessionClaims } from '@/lib/crypto/session-token'
import { databaseErrorCode } from '@/lib/db/database-error'
import { runTransaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { recordAccountAct } from './audit.commands'
import { claimLink, mailLink } from './link.commands'
import { takeLinkTry } from './link-visit.commands'
import { queueAccountMail } from './notice.commands'
import { lockOwnAccount, type OwnAccount } from './profile.commands'
import { claimsOf } from './rules'

/**
 * Mails a link to the address somebody wants to use from now on; nothing changes before it is pressed.
 * Says the same whether or not anybody has that address: only whoever reads its mail learns that.
 */
export function askToChangeAddress({ accountId, address, email }: OwnAccount & { email: string }) {
  return runTransaction<null>(async (tx, stop) => {
    const account = await lockOwnAccount(tx, { accountId, stop })
    const actor = { accountId, role: account.role, address }
    await mailLink(tx, { account, purpose: 'CHANGE_ADDRESS', email, actor })
    return null
  })
}

/**
 * Mails the link of sign-up once more. An address that is confirmed needs none, unless it has refused
 * mail since: using the link shows that it takes mail again.
 */
export function askToConfirmAgain({ accountId, address }: OwnAccount) {
  return runTransaction<null>(async (tx, stop) => {
    const account = await lockOwnAccount(tx, { accountId, stop })
    const [mail] = await tx.$queryRaw<{ isRefused: boolean }[]>`
      SELECT is_mail_refused(${account.email}) AS "isRefused"`
    if (account.emailConfirmedAt && !mail?.isRefused) return null
    const actor = { accountId, role: account.role, address }
    await mailLink(tx, { account, purpose: 'CONFIRM_ADDRESS', email: account.email, actor })
    return null
  })
}

/**
 * The link mailed to a new address was pressed: from now on it is the account's, confirmed, and the
 * old one is told. Sessions go on. Locks the account's row, then the link's. Refuses as `claimLink`,
 * `link-unknown` to everybody who isn't signed in to that account, and `address-taken` when another account has it: whoever pressed reads its mail and may know.
 */
export async function changeAddress({
  accountId,
  token,
  address,
}: OwnAccount & { token: string }): Promise<Result<SessionClaims>> {
  const limited = await takeLinkTry({ token, address })
  if (limited) return limited
  try {
    return await runTransaction<SessionClaims>(async (tx, stop) => {
      const claimed = await claimLink(tx, { token, purpose: 'CHANGE_ADDRESS' })
      if (!claimed.ok) return stop(claimed)
      const { account: before, email } = claimed.value
      // A mistyped address belongs to somebody; they must not take the account with it.
      if (before.id !== accountId) return stop(refuse('link-unknown'))
      await tx.$executeRaw`
        UPDATE accounts SET email = ${email}, email_confirmed_at = now() WHERE id = ${accountId}::uuid`
      const account = await tx.account.findUniqueOrThrow({ where: { id: accountId } })
      const actor = { accountId, role: account.role, address }
      const eventId = await recordAccountAct(tx, {
        ...{ accountId, actor, act: 'CHANGE_ADDRESS', to: 'ACTIVE' },
      })
      const told = { eventId, kind: 'ADDRESS_CHANGED', account, recipient: before.email } as const
      await queueAccountMail(tx, { ...told, email })
      return claimsOf(account)
    })
  } catch (error) {
    if (databaseErrorCode(error) === '23505') return refuse('address-taken')
    throw error
  }
}
