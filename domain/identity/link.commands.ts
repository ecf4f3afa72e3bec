import { readLink } from '@/lib/crypto/link-token'
import type { Transaction } from '@/lib/db/transaction'
import type { Browser } from '@/lib/http/browser'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { recordAct } from './audit.commands'
import type { AuditActor } from './audit.types'
import type { LinkPurpose, LinkRefusal, LinkState } from './link.rules'
import { LINK_MINUTES, refusalOf } from './link.rules'
import { type AccountNoticeKind, queueAccountMail } from './notice.commands'
import { HAS_WAY_IN, LINK_STATE } from './queries'

const noticeOf: Record<LinkPurpose, AccountNoticeKind> = {
  CONFIRM_ADDRESS: 'CONFIRM_ADDRESS',
  SIGN_IN: 'SIGN_IN_LINK',
  RESET_PASSWORD: 'RESET_PASSWORD',
  CHANGE_ADDRESS: 'CHANGE_ADDRESS',
  UNDO_ADDRESS: 'ADDRESS_CHANGED',
  KEEP_PASSKEY: 'PASSKEY_LOST',
  PROVE: 'PROOF_CODE',
}

/** Ends all links of these purposes an account still has. Expects the account's row locked. */
export async function voidLinks(
  tx: Transaction,
  { accountId, purposes }: { accountId: string; purposes: readonly LinkPurpose[] },
): Promise<void> {
  // Instants are stored in whole milliseconds, and a link has to end after it begins.
  await tx.$executeRaw`
    UPDATE account_links SET expires_at = greatest(now(), created_at + interval '1 millisecond')
     WHERE account_id = ${accountId}::uuid AND purpose = ANY(${[...purposes]}::text[])
       AND used_at IS NULL AND expires_at > now()`
}

/** Writes a link in the caller's transaction; the caller mails it. */
export async function writeLink(
  tx: Transaction,
  { accountId, purpose, email }: { accountId: string; purpose: LinkPurpose; email: string },
): Promise<{ id: string; expiresAt: Date }> {
  const [link] = await tx.$queryRaw<{ id: string; expiresAt: Date }[]>`
    INSERT INTO account_links (account_id, purpose, email, expires_at)
    VALUES (${accountId}::uuid, ${purpose}, ${email},
            now() + ${LINK_MINUTES[purpose]} * interval '1 minute')
    RETURNING id, expires_at AS "expiresAt"`
  if (!link) throw new Error('the link was not written')
  return link
}

/**
 * Mails a link to `email` in the caller's transaction, which creates the link, the audit event and
 * the mail together. Older links of the same purpose end. Locks the account's row, then its links.
 */
export async function mailLink(
  tx: Transaction,
  {
    account,
    purpose,
    email,
    actor,
    asking = null,
  }: {
    account: { id: string; name: string; locale: string }
    purpose: LinkPurpose
    email: string
    actor: AuditActor
    /** The browser that asked, in which the mail's code works. Absent: the mail has no code. */
    asking?: (Browser & { requestId: string }) | null
  },
): Promise<{ linkId: string; expiresAt: Date }> {
  await tx.$queryRaw`SELECT FROM accounts WHERE id = ${account.id}::uuid FOR NO KEY UPDATE`
  await voidLinks(tx, { accountId: account.id, purposes: [purpose] })
  const link = await writeLink(tx, { accountId: account.id, purpose, email })
  const { id: eventId } = await recordAct(tx, {
    subject: 'ACCOUNT',
    subjectId: account.id,
    actor,
    act: 'MAIL_LINK',
    to: purpose,
  })
  await queueAccountMail(tx, {
    eventId,
    kind: noticeOf[purpose],
    account,
    recipient: email,
    subjectId: link.id,
    payload: {
      linkId: link.id,
      expiresAt: link.expiresAt.toISOString(),
      ...(asking && { asked: pickAsked(asking) }),
    },
  })
  return { linkId: link.id, expiresAt: link.expiresAt }
}

function pickAsked({ requestId, browser, system }: Browser & { requestId: string }) {
  return { requestId, browser, system }
}

/** The account behind a link that was just used, as read under the lock. */
export type LinkHolder = {
  id: string
  email: string
  name: string
  role: 'DINER' | 'OWNER' | 'ADMIN'
  locale: string
  sessionEpoch: number
  isConfirmed: boolean
  hasWayIn: boolean
}

/**
 * Uses up a link in the caller's transaction: of any number of callers at once, one succeeds. Locks
 * the account's row, then the link's, until the transaction ends. A refusal has written nothing.
 * Refuses `link-unknown` for anything but our own link of this purpose.
 */
export async function redeemLink(
  tx: Transaction,
  { token, purpose }: { token: string; purpose: LinkPurpose },
): Promise<Result<{ account: LinkHolder; email: string }, LinkRefusal>> {
  const id = readLink({ kind: 'account', token })
  return id ? redeemLinkRow(tx, { id, purpose }) : refuse('link-unknown')
}

/** The same for a link whose id is known by other means than its token. */
export async function redeemLinkRow(
  tx: Transaction,
  { id, purpose }: { id: string; purpose: LinkPurpose },
): Promise<Result<{ account: LinkHolder; email: string }, LinkRefusal>> {
  const { Prisma } = await import('@/prisma/generated/client')
  const [account] = await tx.$queryRaw<LinkHolder[]>`
    SELECT a.id, a.email, a.name, a.role::text AS role, a.locale, a.session_epoch AS "sessionEpoch",
           a.email_confirmed_at IS NOT NULL AS "isConfirmed",
           ${Prisma.raw(HAS_WAY_IN)} AS "hasWayIn"
      FROM account_links l JOIN accounts a ON a.id = l.account_id
     WHERE l.id = ${id}::uuid AND l.purpose = ${purpose}
       FOR NO KEY UPDATE OF a`
  if (!account) return refuse('link-unknown')
  const [link] = await tx.$queryRaw<{ state: LinkState; email: string }[]>`
    SELECT ${Prisma.raw(LINK_STATE)} AS state, l.email
      FROM account_links l JOIN accounts a ON a.id = l.account_id
     WHERE l.id = ${id}::uuid
       FOR UPDATE OF l`
  if (!link) return refuse('link-unknown')
  const refusal = refusalOf(link.state)
  if (refusal) return refuse(refusal)
  await tx.$executeRaw`UPDATE account_links SET used_at = now() WHERE id = ${id}::uuid`
  return succeed({ account, email: link.email })
}
