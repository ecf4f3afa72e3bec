import { readLink, signLink } from '@/lib/crypto/link-token'
import type { AccountClaims } from '@/lib/crypto/session-token'
import { runTransaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import { noteSecurity } from '@/lib/security/security-log'
import { lockOwnAccount } from './account.commands'
import { recordAct } from './audit.commands'
import { mailLink, redeemLinkRow, writeLink } from './link.commands'
import { takeLinkTry } from './link-visit.commands'
import { queueAccountMail } from './notice.commands'
import { findRecovery, findSecondFactor } from './passkey.queries'
import { RECOVERY_DAYS, RECOVERY_HOURS } from './passkey.rules'
import { claimsOf } from './rules'
import { beginEpoch, type OwnDevice } from './session.commands'

/** Each leaves a mail behind. */
const perAccount = createLimit({ name: 'passkey-lost:account', tries: 5, windowSeconds: 86_400 })

type Browser = {
  /** What the browser's sealed cookie says. Null: it holds none. */
  browserId: string | null
  /** The network address the platform vouches for, or null. */
  address: string | null
}

/**
 * Notes that the person whose first factor was right in this browser has lost their passkeys, and
 * mails their address a link that stops it; asking again while it waits changes nothing. Returns from
 * when they can do without, ISO 8601. Locks the account's row. Refuses `passkey-over` where no first
 * factor was shown of late, or none is asked for any more, and `rate-limited`.
 */
export async function askToRecover({
  browserId,
  address,
}: Browser): Promise<Result<{ readyAt: string }, 'passkey-over' | 'rate-limited' | 'signed-out'>> {
  const waiting = browserId === null ? null : await findSecondFactor(browserId)
  if (!waiting) return refuse('passkey-over')
  const { accountId } = waiting
  const known = await findRecovery(accountId)
  if (known) return succeed({ readyAt: known.readyAt })
  const limited = await takeEach([[perAccount, accountId]])
  if (limited) return limited
  const asked = await runTransaction<null, 'passkey-over' | 'signed-out'>(async (tx, stop) => {
    const account = await lockOwnAccount(tx, { accountId, stop })
    if (!account.needsPasskey) return stop(refuse('passkey-over'))
    const noted = await tx.$executeRaw`
      UPDATE accounts SET passkey_lost_at = now()
       WHERE id = ${accountId}::uuid
         AND coalesce(passkey_lost_at < now() - ${RECOVERY_DAYS}::integer * interval '1 day', true)`
    // Of two that ask at once, one mails.
    if (noted === 0) return null
    const actor = { accountId, role: account.role, address }
    await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor,
      act: 'LOSE_PASSKEYS',
      to: 'WAITING',
    })
    await mailLink(tx, { account, purpose: 'KEEP_PASSKEY', email: account.email, actor })
    return null
  })
  if (!asked.ok) return asked
  const noted = await findRecovery(accountId)
  return noted ? succeed({ readyAt: noted.readyAt }) : refuse('passkey-over')
}

/**
 * Removes the passkeys of a person who has lost them and waited, and their account's wish for one;
 * every session ends, and word is mailed. Returns the claims of a session to open: the first factor was
 * right in this browser a moment ago. Locks the account's row, so that it is over before or after it is
 * stopped. Refuses `passkey-over` where no first factor was shown of late, and `recovery-waits` before
 * its time, after a week, and once it was stopped.
 */
export async function recover({
  browserId,
  address,
}: Browser): Promise<Result<AccountClaims, 'passkey-over' | 'recovery-waits' | 'signed-out'>> {
  const waiting = browserId === null ? null : await findSecondFactor(browserId)
  if (!waiting) return refuse('passkey-over')
  const { accountId } = waiting
  const recovered = await runTransaction<AccountClaims, 'recovery-waits' | 'signed-out'>(
    async (tx, stop) => {
      const account = await lockOwnAccount(tx, { accountId, stop })
      const freed = await tx.$executeRaw`
        UPDATE accounts
           SET needs_passkey = false, passkey_lost_at = NULL, session_epoch = session_epoch + 1
         WHERE id = ${accountId}::uuid AND needs_passkey
           AND passkey_lost_at BETWEEN now() - ${RECOVERY_DAYS}::integer * interval '1 day'
                                   AND now() - ${RECOVERY_HOURS}::integer * interval '1 hour'`
      if (freed === 0) return stop(refuse('recovery-waits'))
      await tx.passkey.deleteMany({ where: { accountId } })
      const { id: eventId } = await recordAct(tx, {
        subject: 'ACCOUNT',
        subjectId: accountId,
        actor: { accountId, role: account.role, address },
        act: 'RECOVER',
        from: 'WAITING',
        to: 'ACTIVE',
      })
      const recipient = account.email
      await queueAccountMail(tx, { eventId, kind: 'PASSKEY_REMOVED', account, recipient })
      return claimsOf(await tx.account.findUniqueOrThrow({ where: { id: accountId } }))
    },
  )
  if (recovered.ok) noteSecurity({ event: 'sign-in', accountId, way: 'recovery' })
  return recovered
}

/**
 * Uses the link of the mail that tells of lost passkeys: they stay, and every session ends. The
 * asker knows the first factor, so the answer is the link on which a new password is chosen. Locks the
 * account's row, then its links. Refuses as `redeemLink`, and `rate-limited`.
 */
export async function keepPasskeys({
  token,
  address,
}: {
  token: string
  address: string | null
}): Promise<Result<{ token: string }>> {
  const limited = await takeLinkTry({ token, address })
  if (limited) return limited
  const linkId = readLink({ kind: 'account', token })
  if (!linkId) return refuse('link-unknown')
  return runTransaction<{ token: string }>(async (tx, stop) => {
    const redeemed = await redeemLinkRow(tx, { id: linkId, purpose: 'KEEP_PASSKEY' })
    if (!redeemed.ok) return stop(redeemed)
    const { account, email } = redeemed.value
    await tx.account.update({
      where: { id: account.id },
      data: { passkeyLostAt: null, sessionEpoch: { increment: 1 } },
    })
    await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: account.id,
      actor: { accountId: null, role: 'SERVICE', address },
      act: 'KEEP_PASSKEYS',
      to: 'ACTIVE',
    })
    const link = await writeLink(tx, { accountId: account.id, purpose: 'RESET_PASSWORD', email })
    return { token: signLink({ kind: 'account', id: link.id }) }
  })
}

/**
 * Stops a recovery from a device that is signed in: the passkeys stay, and every other session ends.
 * Returns the claims to continue the caller's. Where none waits, because it was stopped before, nothing
 * changes. Locks the account's row, so that it comes before or after a recovery, which ends the caller's
 * session.
 */
export function keepOwnPasskeys({
  accountId,
  address,
  sessionId,
}: OwnDevice): Promise<Result<AccountClaims, 'signed-out'>> {
  return runTransaction<AccountClaims, 'signed-out'>(async (tx, stop) => {
    const account = await lockOwnAccount(tx, { accountId, stop })
    const stopped = await tx.account.updateMany({
      where: { id: accountId, passkeyLostAt: { not: null } },
      data: { passkeyLostAt: null },
    })
    if (stopped.count === 0) return claimsOf(account)
    const kept = await beginEpoch(tx, { accountId, keep: sessionId })
    await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor: { accountId, role: account.role, address },
      act: 'KEEP_PASSKEYS',
      to: 'ACTIVE',
    })
    return claimsOf(kept)
  })
}
