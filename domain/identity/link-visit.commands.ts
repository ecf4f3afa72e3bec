import { readLink } from '@/lib/crypto/link-token'
import type { AccountClaims } from '@/lib/crypto/session-token'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Refusal, type Result, refuse } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import { recordAct } from './audit.commands'
import { redeemLinkRow } from './link.commands'
import { type LinkWay, needsPassword } from './link.rules'
import { claimsOf } from './rules'

const perLink = createLimit({ name: 'link:account', tries: 20, windowSeconds: 60 })
const perAddress = createLimit({ name: 'link:address', tries: 600, windowSeconds: 60 })

/**
 * Counts a try to use a link: against the link, if it is one of ours, then against the visitor's
 * network address.
 */
export function takeLinkTry({
  token,
  address,
}: {
  token: string
  address: string | null
}): Promise<Refusal<'rate-limited'> | null> {
  return takeEach([
    [perLink, readLink({ kind: 'account', token })],
    [perAddress, address],
  ])
}

async function readClaims(tx: Transaction, accountId: string): Promise<AccountClaims> {
  return claimsOf(await tx.account.findUniqueOrThrow({ where: { id: accountId } }))
}

type Using = { linkId: string; way: LinkWay; address: string | null; stop: Stop }

/** Uses a sign-up link in the caller's transaction, as `confirmAddress`. */
export async function confirmByLink(
  tx: Transaction,
  { linkId, signUpId, address, stop }: Omit<Using, 'way'> & { signUpId: string | null },
): Promise<AccountClaims> {
  const redeemed = await redeemLinkRow(tx, { id: linkId, purpose: 'CONFIRM_ADDRESS' })
  if (!redeemed.ok) return stop(redeemed)
  const { id, role, isConfirmed, hasWayIn } = redeemed.value.account
  if (needsPassword({ isConfirmed, hasWayIn, accountId: id, signUpId }))
    return stop(refuse('password-needed'))
  await tx.$executeRaw`
    UPDATE accounts SET email_confirmed_at = coalesce(email_confirmed_at, now()) WHERE id = ${id}::uuid`
  await recordAct(tx, {
    subject: 'ACCOUNT',
    subjectId: id,
    actor: { accountId: id, role, address },
    act: 'CONFIRM_ADDRESS',
    from: isConfirmed ? 'CONFIRMED' : 'UNCONFIRMED',
    to: 'CONFIRMED',
  })
  return readClaims(tx, id)
}

/** Uses a sign-in link in the caller's transaction, as `signInByLink`. */
export async function enterByLinkRow(
  tx: Transaction,
  { linkId, way, address, stop }: Using,
): Promise<AccountClaims> {
  const redeemed = await redeemLinkRow(tx, { id: linkId, purpose: 'SIGN_IN' })
  if (!redeemed.ok) return stop(redeemed)
  const { id, role } = redeemed.value.account
  await recordAct(tx, {
    subject: 'ACCOUNT',
    subjectId: id,
    actor: { accountId: id, role, address },
    act: 'SIGN_IN_BY_LINK',
    to: 'CONFIRMED',
    details: { way },
  })
  return readClaims(tx, id)
}

/**
 * Uses the sign-up link: confirms the address and signs in the reader of its mail. `signUpId` is
 * the sign-up made in this browser. Refuses `password-needed` when another browser chose the
 * password: the reader of the mail must choose it anew. Locks the account, then the link.
 */
export async function confirmAddress({
  token,
  signUpId,
  address,
}: {
  token: string
  signUpId: string | null
  address: string | null
}): Promise<Result<AccountClaims>> {
  const limited = await takeLinkTry({ token, address })
  if (limited) return limited
  const linkId = readLink({ kind: 'account', token })
  if (!linkId) return refuse('link-unknown')
  return runTransaction<AccountClaims>((tx, stop) =>
    confirmByLink(tx, { linkId, signUpId, address, stop }),
  )
}

/**
 * Uses a sign-in link. Such links are mailed to confirmed addresses only. Locks as `redeemLink`.
 */
export async function signInByLink({
  token,
  address,
}: {
  token: string
  address: string | null
}): Promise<Result<AccountClaims>> {
  const limited = await takeLinkTry({ token, address })
  if (limited) return limited
  const linkId = readLink({ kind: 'account', token })
  if (!linkId) return refuse('link-unknown')
  return runTransaction<AccountClaims>((tx, stop) =>
    enterByLinkRow(tx, { linkId, way: 'LINK', address, stop }),
  )
}
