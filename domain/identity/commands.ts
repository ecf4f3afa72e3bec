import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import type { SessionClaims } from '@/lib/crypto/session-token'
import { loadPrisma } from '@/lib/db/database'
import { createTurnstile } from '@/lib/db/turnstile'
import type { Browser } from '@/lib/http/browser'
import type { DeviceOf } from '@/lib/http/sealed-cookie'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { hideMailbox, noteSecurity } from '@/lib/security/security-log'
import { takeOwnGuess, takePasswordGuess } from './guess.commands'
import { awaitSecondFactor } from './passkey-challenge.commands'
import { claimsOf } from './rules'
import type { Credentials } from './schema'
import { openSession } from './session.commands'

/** argon2id with the OWASP minimum (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/**
 * A password keeps a processor busy for as long as a dozen bookings. Hashing gets half of the
 * processors and at most half of Node's four threads for slow work, which handshakes with Postgres
 * need too, so that a rush of sign-ins does not stop bookings. Who waits longer than a second or so is
 * refused. One turnstile per process, however many bundles carry a copy of this file.
 */
const held = globalThis as typeof globalThis & {
  bobjoolPasswords?: ReturnType<typeof createTurnstile>
}
held.bobjoolPasswords ??= createTurnstile({
  atOnce: Math.min(2, Math.max(1, Math.floor(availableParallelism() / 2))),
  mostWaiting: 30,
})
const passToHash = held.bobjoolPasswords

export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2)
}

/** Hashes a password in turn; refuses `busy` when too many callers are waiting. */
export async function hashInTurn(password: string): Promise<Result<string, 'busy'>> {
  const hashed = await passToHash(() => hashPassword(password))
  return hashed ? succeed(hashed.answer) : refuse('busy')
}

/** Whether a secret is the one that was hashed, in turn and in the same time where there is none. */
export async function judgeInTurn({
  stored,
  secret,
}: {
  /** Null: there is none. */
  stored: string | null
  secret: string
}): Promise<Result<boolean, 'busy'>> {
  const judged = await passToHash(() => isRightPassword({ stored, password: secret }))
  return judged ? succeed(judged.answer) : refuse('busy')
}

let nobodysHash: Promise<string> | undefined

/** Takes as long for an unknown address as for a known one, so that timing reveals nothing. */
async function isRightPassword({
  stored,
  password,
}: {
  /** Null: the account has no password. */
  stored: string | null | undefined
  password: string
}): Promise<boolean> {
  nobodysHash ??= hashPassword('nobody has this password')
  const matches = await verify(stored ?? (await nobodysHash), password)
  return matches && typeof stored === 'string'
}

type SigningIn = {
  credentials: Credentials
  address: string | null
  browser: Browser
  /** The browser in which a passkey may follow. Absent: a client of the API. */
  passkeyBrowserId?: string
  /** Absent: a client without a browser. */
  deviceOf?: DeviceOf
}
type SignedIn = Result<
  SessionClaims,
  'rate-limited' | 'busy' | 'wrong-credentials' | 'passkey-needed'
>

/**
 * Signs a person in with an address and a password: opens a session, proved by the password.
 * `address` is the network address the platform vouches for, or null. Refuses `rate-limited` with
 * `retryAfterMs` (see `takePasswordGuess`), `busy` when too many people are signing in, and
 * `wrong-credentials`, which never reveals whether the address is known; after the right password
 * `passkey-needed`, where the account asks for one.
 */
export async function signIn(signing: SigningIn): Promise<SignedIn> {
  const signedIn = await judgeSignIn(signing)
  const mailbox = hideMailbox(signing.credentials.email)
  if (signedIn.ok)
    noteSecurity({ event: 'sign-in', accountId: signedIn.value.accountId, way: 'password' })
  else if (signedIn.reason !== 'busy' && signedIn.reason !== 'passkey-needed') {
    const { reason } = signedIn
    const event = reason === 'rate-limited' ? 'sign-in-locked' : 'sign-in-failed'
    noteSecurity({ event, mailbox, reason })
  }
  return signedIn
}

async function judgeSignIn({
  credentials,
  address,
  browser,
  passkeyBrowserId: browserId,
  deviceOf = () => null,
}: SigningIn): Promise<SignedIn> {
  const { email, password } = credentials
  const guess = await takePasswordGuess({ email, deviceOf, address })
  if (!guess.ok) return guess
  // Postgres is queried only when the password's turn comes: a rush of sign-ins leaves the database
  // to bookings.
  const judged = await passToHash(async () => {
    const prisma = await loadPrisma()
    const account = await prisma.account.findUnique({ where: { email } })
    return (await isRightPassword({ stored: account?.passwordHash, password })) ? account : null
  })
  // A password that was never judged was no guess.
  if (!judged) await guess.value.giveBack()
  if (!judged) return refuse('busy')
  const account = judged.answer
  await guess.value.settle(account !== null)
  if (!account) return refuse('wrong-credentials')
  const opened = await openSession({ claims: claimsOf(account), proof: 'PASSWORD', ...browser })
  if (opened.ok) return opened
  // Its password may have been changed while it was judged.
  if (opened.reason === 'signed-out') return refuse('wrong-credentials')
  if (browserId !== undefined) await awaitSecondFactor({ accountId: account.id, browserId })
  return refuse('passkey-needed')
}

/**
 * Checks the password of a signed-in account; an account without a password passes. Returns the
 * stored hash, so that the caller can tell whether it changed meanwhile. Refuses `wrong-password`,
 * and `rate-limited` after as many guesses as at signing in, and `busy`.
 */
export async function judgeOwnPassword({
  accountId,
  password,
}: {
  accountId: string
  password: string | undefined
}): Promise<Result<{ stored: string | null }, 'rate-limited' | 'busy' | 'wrong-password'>> {
  const prisma = await loadPrisma()
  const account = await prisma.account.findUnique({ where: { id: accountId } })
  const stored = account?.passwordHash ?? null
  if (account && stored === null) return succeed({ stored })
  const guess = await takeOwnGuess(accountId)
  if (!guess.ok) return guess
  const verified = await passToHash(() => isRightPassword({ stored, password: password ?? '' }))
  if (!verified || verified.answer) await guess.value.giveBack()
  if (!verified) return refuse('busy')
  return verified.answer ? succeed({ stored }) : refuse('wrong-password')
}
