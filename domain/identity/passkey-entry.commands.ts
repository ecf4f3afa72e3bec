import {
  describePasskeyUse,
  judgePasskey,
  type PasskeyAnswer,
  type PasskeyOptions,
  readBytes,
} from '@/lib/crypto/passkey'
import type { AccountClaims } from '@/lib/crypto/session-token'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { log } from '@/lib/log'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import { noteSecurity } from '@/lib/security/security-log'
import { lockOwnAccount } from './account.commands'
import { recordAct } from './audit.commands'
import { findPasskey, findSecondFactor, listCredentials } from './passkey.queries'
import { type ChallengePurpose, isCounterFresh, isVerifying } from './passkey.rules'
import { makeChallenge, spendChallenge } from './passkey-challenge.commands'
import { claimsOf } from './rules'
import { markProof } from './session.commands'

/** A page that offers passkeys asks for a challenge when it is opened, and after each failure. */
const perBrowser = createLimit({ name: 'passkey:browser', tries: 30, windowSeconds: 60 })
const perAddress = createLimit({ name: 'passkey:address', tries: 600, windowSeconds: 60 })

type Browser = {
  /** What the browser's sealed cookie says. Null: it holds none. */
  browserId: string | null
  /** The network address the platform vouches for, or null. */
  address: string | null
}

/** Begins to sign in by a passkey alone. Refuses `rate-limited` with `retryAfterMs`. */
export async function beginPasskeySignIn({
  browserId,
  address,
}: Browser & { browserId: string }): Promise<Result<PasskeyOptions, 'rate-limited'>> {
  const limited = await takeEach([
    [perBrowser, browserId],
    [perAddress, address],
  ])
  if (limited) return limited
  const challenge = await makeChallenge({ purpose: 'SIGN_IN', browserId, accountId: null })
  return succeed(await describePasskeyUse({ challenge, isVerifying: true }))
}

/**
 * Begins to prove once more who a signed-in person is. Refuses `no-passkey` to an account without,
 * and `rate-limited`.
 */
export async function beginPasskeyProof({
  accountId,
  browserId,
  address,
}: Browser & { accountId: string; browserId: string }): Promise<
  Result<PasskeyOptions, 'rate-limited' | 'no-passkey'>
> {
  const limited = await takeEach([
    [perBrowser, browserId],
    [perAddress, address],
  ])
  if (limited) return limited
  const known = await listCredentials(accountId)
  if (known.length === 0) return refuse('no-passkey')
  const challenge = await makeChallenge({ purpose: 'PROVE', browserId, accountId })
  return succeed(await describePasskeyUse({ challenge, known, isVerifying: true }))
}

/** What a browser needs for its second factor. Refuses `passkey-over` when no first was shown. */
export async function describeSecondFactor({
  browserId,
}: Pick<Browser, 'browserId'>): Promise<Result<PasskeyOptions, 'passkey-over'>> {
  const waiting = browserId === null ? null : await findSecondFactor(browserId)
  if (!waiting) return refuse('passkey-over')
  const known = await listCredentials(waiting.accountId)
  const { challenge } = waiting
  return succeed(await describePasskeyUse({ challenge, known, isVerifying: false }))
}

type Using = Browser & { answer: PasskeyAnswer }

/** Signs in by a passkey alone. Refuses as `takeAnswer`. */
export function signInByPasskey(using: Using): Promise<Result<AccountClaims>> {
  return enter({ ...using, purpose: 'SIGN_IN' })
}

/** Signs in by a passkey after the first factor. Refuses as `takeAnswer`. */
export function showSecondFactor(using: Using): Promise<Result<AccountClaims>> {
  return enter({ ...using, purpose: 'SECOND_FACTOR' })
}

async function enter(
  using: Using & { purpose: 'SIGN_IN' | 'SECOND_FACTOR' },
): Promise<Result<AccountClaims>> {
  const entered = await takeAnswer(using)
  if (entered.ok)
    noteSecurity({ event: 'sign-in', accountId: entered.value.accountId, way: 'passkey' })
  return entered
}

/**
 * Proves once more who a signed-in person is, and marks their session with it; null: a token from
 * before sessions had rows. Refuses as `takeAnswer`, `passkey-other-account` also when the browser
 * was signed in to another account by then, and `signed-out` when the session has ended.
 */
export function proveByPasskey(
  using: Using & { accountId: string; sessionId: string | null },
): Promise<Result<AccountClaims>> {
  return takeAnswer({ ...using, purpose: 'PROVE' })
}

/**
 * Judges a passkey's answer and writes down its use. Refuses `passkey-over`; `passkey-unknown`;
 * `passkey-other-account` for one of another account than was asked for; `passkey-other-site`,
 * `passkey-unverified` and `passkey-invalid` for the answer itself; `passkey-copied` when its
 * counter has fallen behind. Locks the account's row, then the passkey's, then the session's.
 */
async function takeAnswer({
  answer,
  purpose,
  browserId,
  address,
  accountId: expected,
  sessionId = null,
}: Using & {
  purpose: Exclude<ChallengePurpose, 'ADD'>
  /** Who is signed in, where somebody is. */
  accountId?: string
  sessionId?: string | null
}): Promise<Result<AccountClaims>> {
  const spent = await spendChallenge({ answer, purpose, browserId })
  if (!spent.ok) return spent
  const { challenge, accountId: asked } = spent.value
  const passkey = await findPasskey(readBytes(answer.id))
  if (!passkey) return refuse('passkey-unknown')
  const { accountId } = passkey
  const isAsked = asked === null || (asked === accountId && (expected ?? asked) === asked)
  if (!isAsked || !isHandleOf({ answer, handle: passkey.handle, isNeeded: asked === null }))
    return refuse('passkey-other-account')
  const judged = await judgePasskey({
    answer,
    challenge,
    passkey,
    isVerifying: isVerifying(purpose),
  })
  if (!judged.ok) return judged
  return runTransaction<AccountClaims>(async (tx, stop) => {
    const account = await lockOwnAccount(tx, { accountId, stop })
    await writeUse(tx, { passkeyId: passkey.id, ...judged.value, stop })
    // A passkey that is used is not lost: a thief of the first factor said so.
    if (account.passkeyLostAt)
      await tx.account.update({ where: { id: accountId }, data: { passkeyLostAt: null } })
    if (sessionId !== null) await markProof(tx, { accountId, sessionId, proof: 'PASSKEY', stop })
    const actor = { accountId, role: account.role, address }
    await recordAct(tx, {
      subject: 'ACCOUNT',
      subjectId: accountId,
      actor,
      act: 'USE_PASSKEY',
      to: purpose,
    })
    return claimsOf(account)
  })
}

/**
 * Whether an answer names the account's own handle. A passkey that its authenticator found by itself
 * has to name one.
 */
function isHandleOf({
  answer,
  handle,
  isNeeded,
}: {
  answer: PasskeyAnswer
  handle: Uint8Array | null
  isNeeded: boolean
}): boolean {
  const given = answer.response.userHandle
  if (given === undefined) return !isNeeded
  return handle !== null && Buffer.from(handle).equals(readBytes(given))
}

/** Under the account's lock no other use of the passkey comes between. */
async function writeUse(
  tx: Transaction,
  {
    passkeyId,
    counter,
    isBackedUp,
    stop,
  }: { passkeyId: string; counter: number; isBackedUp: boolean; stop: Stop },
): Promise<void> {
  const stored = await tx.passkey.findUnique({ where: { id: passkeyId } })
  if (!stored) return stop(refuse('passkey-unknown'))
  if (!isCounterFresh({ stored: Number(stored.counter), given: counter })) {
    log.warn({ passkeyId, stored: Number(stored.counter), given: counter }, 'passkey copied')
    return stop(refuse('passkey-copied'))
  }
  await tx.$executeRaw`
    UPDATE passkeys SET counter = ${counter}::bigint, last_used_at = now(),
                        is_backed_up = is_synced AND ${isBackedUp}
     WHERE id = ${passkeyId}::uuid`
}
