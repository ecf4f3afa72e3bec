import type { AccountClaims } from '@/lib/crypto/session-token'
import { runTransaction, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { lockOwnAccount } from './account.commands'
import { recordSignUpAgreements } from './agreement.commands'
import type { AgreementGiven } from './agreement.schema'
import { recordAct } from './audit.commands'
import { hashInTurn, judgeOwnPassword } from './commands'
import { type LinkHolder, redeemLink, voidLinks } from './link.commands'
import { endedByPassword, refusalOf } from './link.rules'
import { takeLinkTry } from './link-visit.commands'
import { queueAccountMail } from './notice.commands'
import { isOwnWord } from './password.rules'
import { requireProof } from './proof.commands'
import { findLink } from './queries'
import { claimsOf } from './rules'
import { beginEpoch, type OwnDevice } from './session.commands'

/**
 * The reader of an account's mail chooses its password, by the link for a forgotten password or,
 * from another browser, the sign-up link. Ends every session and every other link, and confirms the
 * address. Logins at Kakao or Naver from before the mailbox was proven are removed. Refuses as
 * `redeemLink`; `invalid` for a password that is the account's own address or name; `terms-needed`
 * where the mailbox was not proven before, so that a stranger may have agreed; `rate-limited`; `busy`. A refusal leaves the link unchanged. Locks the account, then its links.
 */
export async function choosePassword({
  token,
  password,
  agreement,
  address,
}: {
  token: string
  password: string
  /** Absent: its reader was not asked. */
  agreement?: AgreementGiven | undefined
  address: string | null
}): Promise<Result<AccountClaims>> {
  const limited = await takeLinkTry({ token, address })
  if (limited) return limited
  const link = await findLink(token)
  const purpose = link?.purpose
  if (!link || (purpose !== 'RESET_PASSWORD' && purpose !== 'CONFIRM_ADDRESS'))
    return refuse('link-unknown')
  const refusal = refusalOf(link.state)
  if (refusal) return refuse(refusal)
  if (!link.isConfirmed && !agreement) return refuse('terms-needed')
  if (isOwnWord({ password, email: link.email, name: link.name }))
    return refuse('invalid', {
      fields: [{ field: 'password', code: 'custom', message: 'own-word' }],
    })
  const hashed = await hashInTurn(password)
  if (!hashed.ok) return hashed
  return runTransaction<AccountClaims>(async (tx, stop) => {
    const redeemed = await redeemLink(tx, { token, purpose })
    if (!redeemed.ok) return stop(redeemed)
    return writePassword(tx, { holder: redeemed.value.account, hash: hashed.value, address })
  })
}

async function writePassword(
  tx: Transaction,
  { holder, hash, address }: { holder: LinkHolder; hash: string; address: string | null },
): Promise<AccountClaims> {
  const { id, role, isConfirmed } = holder
  await voidLinks(tx, { accountId: id, purposes: endedByPassword })
  if (!isConfirmed) {
    await tx.externalLogin.deleteMany({ where: { accountId: id } })
    await recordSignUpAgreements(tx, id)
  }
  await tx.$executeRaw`
    UPDATE accounts
       SET password_hash = ${hash}, session_epoch = session_epoch + 1,
           email_confirmed_at = coalesce(email_confirmed_at, now())
     WHERE id = ${id}::uuid`
  const account = await tx.account.findUniqueOrThrow({ where: { id } })
  const { id: eventId } = await recordAct(tx, {
    subject: 'ACCOUNT',
    subjectId: id,
    actor: { accountId: id, role, address },
    act: 'CHOOSE_PASSWORD',
    from: isConfirmed ? 'CONFIRMED' : 'UNCONFIRMED',
    to: 'CONFIRMED',
  })
  // A person who confirms an address knows already; the mail warns an owner who did not do it.
  if (isConfirmed)
    await queueAccountMail(tx, {
      eventId,
      kind: 'PASSWORD_CHANGED',
      account,
      recipient: account.email,
    })
  return claimsOf(account)
}

/**
 * Sets a new password, ends all other sessions and mails a notice of it. An account without a
 * password needs no present one, but a proof. Locks the account's row, then the session's; refuses as
 * `requireProof`, and `changed-meanwhile` when another
 * device changed the password after the present one was checked.
 */
export async function changePassword({
  accountId,
  address,
  sessionId,
  presentPassword,
  newPassword,
}: OwnDevice & {
  presentPassword?: string | undefined
  newPassword: string
}): Promise<Result<AccountClaims>> {
  const judged = await judgeOwnPassword({ accountId, password: presentPassword })
  if (!judged.ok) return judged
  const hashed = await hashInTurn(newPassword)
  if (!hashed.ok) return hashed
  return runTransaction<AccountClaims>(async (tx, stop) => {
    const before = await lockOwnAccount(tx, { accountId, stop })
    if (before.passwordHash !== judged.value.stored) return stop(refuse('changed-meanwhile'))
    // A present password is the proof; without one a stolen device could make itself at home.
    if (before.passwordHash === null) await requireProof(tx, { accountId, sessionId, stop })
    await tx.account.update({ where: { id: accountId }, data: { passwordHash: hashed.value } })
    const account = await beginEpoch(tx, { accountId, keep: sessionId })
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
