import type { SessionClaims } from '@/lib/crypto/session-token'
import { runTransaction, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { recordAct } from './audit.commands'
import { hashInTurn } from './commands'
import { type LinkHolder, redeemLink, voidLinks } from './link.commands'
import { linkPurposes, refusalOf } from './link.rules'
import { takeLinkTry } from './link-visit.commands'
import { queueAccountMail } from './notice.commands'
import { isOwnWord } from './password.rules'
import { findLink } from './queries'
import { claimsOf } from './rules'

/**
 * The reader of an account's mail chooses its password, by the link for a forgotten password or,
 * from another browser, the sign-up link. Ends every session and every other link, and confirms the
 * address. Logins at Kakao or Naver from before the mailbox was proven are removed. Refuses as
 * `redeemLink`; `invalid` for a password that is the account's own address or name; `rate-limited`;
 * `busy`. A refusal leaves the link unchanged. Locks the account, then its links.
 */
export async function choosePassword({
  token,
  password,
  address,
}: {
  token: string
  password: string
  address: string | null
}): Promise<Result<SessionClaims>> {
  const limited = await takeLinkTry({ token, address })
  if (limited) return limited
  const link = await findLink(token)
  const purpose = link?.purpose
  if (!link || (purpose !== 'RESET_PASSWORD' && purpose !== 'CONFIRM_ADDRESS'))
    return refuse('link-unknown')
  const refusal = refusalOf(link.state)
  if (refusal) return refuse(refusal)
  if (isOwnWord({ password, email: link.email, name: link.name }))
    return refuse('invalid', {
      fields: [{ field: 'password', code: 'custom', message: 'own-word' }],
    })
  const hashed = await hashInTurn(password)
  if (!hashed.ok) return hashed
  return runTransaction<SessionClaims>(async (tx, stop) => {
    const redeemed = await redeemLink(tx, { token, purpose })
    if (!redeemed.ok) return stop(redeemed)
    return writePassword(tx, { holder: redeemed.value.account, hash: hashed.value, address })
  })
}

async function writePassword(
  tx: Transaction,
  { holder, hash, address }: { holder: LinkHolder; hash: string; address: string | null },
): Promise<SessionClaims> {
  const { id, role, isConfirmed } = holder
  await voidLinks(tx, { accountId: id, purposes: linkPurposes })
  if (!isConfirmed) await tx.externalLogin.deleteMany({ where: { accountId: id } })
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
