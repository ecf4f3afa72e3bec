import type { AccountClaims } from '@/lib/crypto/session-token'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import type { Locale } from '@/lib/i18n/locale'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { readPhone } from '@/lib/text/phone'
import type { Account } from '@/prisma/generated/client'
import type { ProfileChange } from './account.schema'
import { recordAct } from './audit.commands'
import { mailLink, redeemLink, writeLink } from './link.commands'
import { takeLinkTry } from './link-visit.commands'
import { queueAccountMail } from './notice.commands'
import { type Prover, requireProof } from './proof.commands'
import { claimsOf } from './rules'

/** The account that acts on itself, and its network address if the platform vouches for one. */
export type OwnAccount = { accountId: string; address: string | null }

/** The same, and the session in which the person proves who they are. */
export type OwnProof = OwnAccount & Prover

/** Locks the account's row. Stops with `signed-out` when the account is gone. */
export async function lockOwnAccount(
  tx: Transaction,
  { accountId, stop }: { accountId: string; stop: Stop<'signed-out'> },
): Promise<Account> {
  await tx.$queryRaw`SELECT FROM accounts WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`
  const account = await tx.account.findUnique({ where: { id: accountId } })
  return account ?? stop(refuse('signed-out'))
}

/** Writes the change and its audit event, which names the fields but never their contents. */
async function writeOwnFields(
  { accountId, address }: OwnAccount,
  data: { name?: string | undefined; phone?: string | null | undefined; locale?: Locale },
) {
  return runTransaction<AccountClaims>(async (tx, stop) => {
    const before = await lockOwnAccount(tx, { accountId, stop })
    const given = new Map<string, unknown>(Object.entries(data))
    const fields = (['name', 'phone', 'locale'] as const).filter(
      (field) => given.get(field) !== undefined && given.get(field) !== before[field],
    )
    if (fields.length === 0) return claimsOf(before)
    const account = await tx.account.update({ where: { id: accountId }, data })
    const actor = { accountId, role: account.role, address }
    const details = { fields }
    await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor,
      act: 'CHANGE',
      to: 'ACTIVE',
      details,
    })
    return claimsOf(account)
  })
}

/** A person's phone as it is stored. Refuses `invalid` for one that no country has. */
export function readOwnPhone({
  phone,
}: ProfileChange): Result<{ phone?: string | null }, 'invalid'> {
  if (typeof phone !== 'string') return succeed(phone === undefined ? {} : { phone })
  const read = readPhone({ typed: phone })
  return read === null
    ? refuse('invalid', { fields: [{ field: 'phone', code: 'custom' }] })
    : succeed({ phone: read })
}

/**
 * A person changes their own name and phone. Returns the claims for their session. Locks the
 * account's row. Refuses `signed-out` when the account is gone, and `invalid` for a phone that no
 * country has.
 */
export async function changeProfile({ change, ...own }: OwnAccount & { change: ProfileChange }) {
  const read = readOwnPhone(change)
  return read.ok ? writeOwnFields(own, { ...change, ...read.value }) : read
}

/** Changes the language of an account's mail, and of the pages it links to. As `changeProfile`. */
export function changeLanguage({ language, ...own }: OwnAccount & { language: Locale }) {
  return writeOwnFields(own, { locale: language })
}

/**
 * Mails a link to the address a person wants to use from now on; nothing changes until the link is
 * used. Answers the same whether or not an account has that address: only the reader of its mail
 * may learn that. Locks the account's row, then the session's. Refuses as `requireProof`.
 */
export function askToChangeAddress({
  accountId,
  sessionId,
  address,
  email,
}: OwnProof & { email: string }) {
  return runTransaction<null>(async (tx, stop) => {
    const account = await lockOwnAccount(tx, { accountId, stop })
    await requireProof(tx, { accountId, sessionId, stop })
    const actor = { accountId, role: account.role, address }
    await mailLink(tx, { account, purpose: 'CHANGE_ADDRESS', email, actor })
    return null
  })
}

/**
 * Mails the sign-up link once more. A confirmed address needs none, unless mail to it has bounced
 * since: using the link shows that it accepts mail again.
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
 * Uses the link mailed to a new address: the address becomes the account's, confirmed, and the old
 * one, if it was confirmed, gets a link that undoes the change. Sessions continue. Locks the
 * account's row, then the link's and the session's. Refuses as `redeemLink` and `requireProof`, `link-unknown` to a caller not signed in to that account, and `address-taken` when
 * another account has the address: the caller reads its mail and may know.
 */
export async function changeAddress({
  accountId,
  sessionId,
  token,
  address,
}: OwnProof & { token: string }): Promise<Result<AccountClaims>> {
  const limited = await takeLinkTry({ token, address })
  if (limited) return limited
  const change = async (tx: Transaction, stop: Stop) => {
    const redeemed = await redeemLink(tx, { token, purpose: 'CHANGE_ADDRESS' })
    if (!redeemed.ok) return stop(redeemed)
    const { account: before, email } = redeemed.value
    // A mistyped address belongs to a stranger, who must not take over the account with it.
    if (before.id !== accountId) return stop(refuse('link-unknown'))
    await requireProof(tx, { accountId, sessionId, stop })
    await tx.$executeRaw`
      UPDATE accounts SET email = ${email}, email_confirmed_at = now() WHERE id = ${accountId}::uuid`
    const account = await tx.account.findUniqueOrThrow({ where: { id: accountId } })
    const actor = { accountId, role: account.role, address }
    const { id: eventId } = await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor,
      act: 'CHANGE_ADDRESS',
      to: 'ACTIVE',
    })
    // A mistyped address is a stranger's, who is told nothing of where the person is now.
    if (before.isConfirmed) await mailUndo(tx, { account, formerEmail: before.email, eventId })
    return claimsOf(account)
  }
  return runTransaction<AccountClaims>(change, {
    constraints: { accounts_email_key: 'address-taken' },
  })
}

/** Tells the former address where the account is now, with the link that undoes the change. */
async function mailUndo(
  tx: Transaction,
  { account, formerEmail, eventId }: { account: Account; formerEmail: string; eventId: string },
): Promise<void> {
  const link = await writeLink(tx, {
    accountId: account.id,
    purpose: 'UNDO_ADDRESS',
    email: formerEmail,
  })
  await queueAccountMail(tx, {
    eventId,
    kind: 'ADDRESS_CHANGED',
    account,
    recipient: formerEmail,
    email: account.email,
    payload: { linkId: link.id, expiresAt: link.expiresAt.toISOString() },
  })
}

/**
 * A diner, or a refused applicant, asks to be an owner; an admin answers. Until then the account
 * has no owner's rights. Asking twice changes nothing more. Locks the account's row; refuses
 * `cannot-move` for owners and admins.
 */
export function askToBeOwner({ accountId, address }: OwnAccount) {
  return runTransaction<AccountClaims>(async (tx, stop) => {
    const before = await lockOwnAccount(tx, { accountId, stop })
    if (before.role === 'ADMIN' || before.ownerApprovedAt) return stop(refuse('cannot-move'))
    if (before.role === 'OWNER' && !before.ownerRefusedAt) return claimsOf(before)
    const account = await tx.account.update({
      where: { id: accountId },
      data: { role: 'OWNER', ownerRefusedAt: null, ownerRefusal: null },
    })
    const from = before.ownerRefusedAt ? 'REFUSED' : 'DINER'
    const actor = { accountId, role: before.role, address }
    await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor,
      act: 'ASK_TO_OWN',
      from,
      to: 'WAITING',
    })
    return claimsOf(account)
  })
}
