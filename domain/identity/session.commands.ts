import { signingKey } from '@/lib/crypto/auth-key'
import {
  type AccountClaims,
  SESSION_LIFE_SECONDS,
  SESSION_SECONDS,
  type SessionClaims,
} from '@/lib/crypto/session-token'
import { pool } from '@/lib/db/database'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import type { Browser } from '@/lib/http/browser'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { noteSecurity } from '@/lib/security/security-log'
import type { Account } from '@/prisma/generated/client'
import { lockOwnAccount, type OwnAccount } from './account.commands'
import { recordAct } from './audit.commands'
import { claimsOf } from './rules'
import type { Proof } from './types'

/**
 * Opens a session and returns its claims. `proof` is what the person signed in with, if it proves
 * who they are. Refuses `signed-out` when every session was ended since the account was read: the
 * statement waits for that at the account's row, which it locks shared. Refuses `passkey-needed` to
 * anything but a passkey where the account asks for one.
 */
export async function openSession({
  claims,
  proof,
  browser,
  system,
}: Browser & { claims: AccountClaims; proof: Proof | null }): Promise<
  Result<SessionClaims & { sessionId: string }, 'signed-out' | 'passkey-needed'>
> {
  const { rows } = await pool.query<{ sessionId: string; endsAt: number }>(
    `INSERT INTO sessions (account_id, epoch, browser, system, expires_at, proof, proved_at, passkey_at, key_id)
     SELECT a.id, a.session_epoch, $3, $4, now() + $5::integer * interval '1 second', $6::text,
            CASE WHEN $6::text IS NOT NULL THEN now() END, CASE WHEN $6::text = 'PASSKEY' THEN now() END, $7
       FROM (SELECT id, session_epoch, needs_passkey FROM accounts
              WHERE id = $1 AND session_epoch = $2 FOR SHARE) a
      WHERE NOT a.needs_passkey OR $6::text IS NOT DISTINCT FROM 'PASSKEY'
     RETURNING id AS "sessionId", floor(extract(epoch FROM expires_at))::integer AS "endsAt"`,
    [claims.accountId, claims.epoch, browser, system, SESSION_SECONDS, proof, signingKey().id],
  )
  const [opened] = rows
  return opened ? succeed({ ...claims, ...opened }) : refuseOpening(claims)
}

async function refuseOpening({ accountId, epoch }: AccountClaims) {
  const { rowCount } = await pool.query(
    'SELECT FROM accounts WHERE id = $1 AND session_epoch = $2 AND needs_passkey',
    [accountId, epoch],
  )
  return refuse(rowCount ? 'passkey-needed' : 'signed-out')
}

/**
 * Prolongs a session, up to its absolute end, and returns its claims. Locks its row. Refuses
 * `signed-out` when it has ended.
 */
export async function prolongSession({
  claims,
  sessionId,
}: {
  claims: AccountClaims
  sessionId: string
}): Promise<Result<SessionClaims, 'signed-out'>> {
  const { rows } = await pool.query<{ endsAt: number }>(
    `UPDATE sessions
        SET expires_at = least(now() + $3::integer * interval '1 second',
                               created_at + $4::integer * interval '1 second'),
            key_id = $5
      WHERE id = $1 AND account_id = $2 AND expires_at > now()
     RETURNING floor(extract(epoch FROM expires_at))::integer AS "endsAt"`,
    [sessionId, claims.accountId, SESSION_SECONDS, SESSION_LIFE_SECONDS, signingKey().id],
  )
  const [prolonged] = rows
  return prolonged ? succeed({ ...claims, sessionId, ...prolonged }) : refuse('signed-out')
}

/**
 * Notes that the person of a session has just proved who they are, in the transaction that judged
 * it. Locks the session's row, after the account's if both are locked. Stops with `signed-out` when
 * the session has ended.
 */
export async function markProof(
  tx: Transaction,
  {
    accountId,
    sessionId,
    proof,
    stop,
  }: { accountId: string; sessionId: string; proof: Proof; stop: Stop<'signed-out'> },
): Promise<void> {
  const marked = await tx.$executeRaw`
    UPDATE sessions
       SET proof = ${proof}, proved_at = now(),
           passkey_at = CASE WHEN ${proof} = 'PASSKEY' THEN now() ELSE passkey_at END
     WHERE id = ${sessionId}::uuid AND account_id = ${accountId}::uuid AND expires_at > now()`
  if (marked === 0) stop(refuse('signed-out'))
}

/** Notes that a session is in use, at most once an hour. Locks its row. */
export async function noteSeen(sessionId: string): Promise<void> {
  await pool.query(
    `UPDATE sessions SET last_seen_at = now()
      WHERE id = $1 AND last_seen_at < now() - interval '1 hour'`,
    [sessionId],
  )
}

/**
 * Ends one session of the account, and every mailed link that would open the account: a person who ends
 * one may have lost a device. One that has ended already succeeds too. Locks the account's row,
 * then the session's.
 */
export function endSession({ accountId, address, sessionId }: OwnAccount & { sessionId: string }) {
  return runTransaction<null, 'signed-out'>(async (tx, stop) => {
    const { role } = await lockOwnAccount(tx, { accountId, stop })
    const ended = await tx.session.deleteMany({ where: { id: sessionId, accountId } })
    if (ended.count === 0) return null
    await tx.$executeRaw`SELECT void_mailed_links(p_account => ${accountId}::uuid)`
    const actor = { accountId, role, address }
    await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor,
      act: 'END_SESSION',
      to: 'ENDED',
    })
    return null
  })
}

/**
 * Signs one device out: ends its session as `endSession`. A token from before sessions had rows
 * can't be ended, only be taken from its browser.
 */
export async function signOut({
  who: { accountId, sessionId },
  address,
}: {
  who: Pick<SessionClaims, 'accountId' | 'sessionId'>
  address: string | null
}): Promise<Result<null, 'signed-out'>> {
  const ended =
    sessionId === null ? succeed(null) : await endSession({ accountId, sessionId, address })
  if (ended.ok) noteSecurity({ event: 'sign-out', accountId })
  return ended
}

/**
 * Raises the account's epoch, which ends every session but `keep`, and every mailed link that would
 * open the account (prisma/functions/identity/end_sessions.sql). Expects the account's row locked.
 */
export async function beginEpoch(
  tx: Transaction,
  { accountId, keep }: { accountId: string; keep: string | null },
): Promise<Account> {
  if (keep !== null)
    await tx.session.updateMany({
      where: { id: keep, accountId },
      data: { epoch: { increment: 1 } },
    })
  return tx.account.update({
    where: { id: accountId },
    data: { sessionEpoch: { increment: 1 } },
  })
}

/** An account and the session that asks. Null: its token is from before sessions had rows. */
export type OwnDevice = OwnAccount & { sessionId: string | null }

/**
 * Ends all of an account's sessions but the caller's, and returns the claims to continue that one:
 * a person who presses "sign out everywhere" holds a device they trust. Locks the account's row,
 * then its sessions.
 */
export function endSessions({ accountId, address, sessionId }: OwnDevice) {
  return runTransaction<AccountClaims>(async (tx, stop) => {
    await lockOwnAccount(tx, { accountId, stop })
    const account = await beginEpoch(tx, { accountId, keep: sessionId })
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

/** Deleted per statement, so that a sweep is soon over. */
const BATCH = 4_000

/** Deletes sessions whose last token has expired. Locks only their rows. */
export async function sweepSessions(): Promise<{ expired: number }> {
  const { rowCount } = await pool.query(
    `DELETE FROM sessions WHERE ctid IN (
       SELECT ctid FROM sessions WHERE expires_at < now() ORDER BY expires_at LIMIT $1)`,
    [BATCH],
  )
  return { expired: rowCount ?? 0 }
}
