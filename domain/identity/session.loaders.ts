import { headers } from 'next/headers'
import type { AccountClaims } from '@/lib/crypto/session-token'
import { readAsker } from '@/lib/http/api'
import type { ApiRequest } from '@/lib/http/api-request'
import { readBrowser } from '@/lib/http/browser'
import { type VisitorRefusal, visitorRefusals } from '@/lib/http/contract'
import { keepPasskeyBrowser } from '@/lib/http/sealed-cookie'
import { isOwnOrigin, readVisitor, type Visitor } from '@/lib/http/session'
import { keepSession } from '@/lib/http/session-cookie'
import { type Refusal, type Result, refuse, succeed } from '@/lib/problems/result'
import { readProver } from './loaders'
import { awaitSecondFactor } from './passkey-challenge.commands'
import { openSession, prolongSession } from './session.commands'
import { isLiveLately } from './session.queries'
import type { Proof } from './types'

/**
 * Signs this browser in. Only in actions and handlers. `proof` is what the person has just proved
 * who they are with; null: nothing. Refuses as `openSession`.
 */
export async function beginSession({
  claims,
  proof,
}: {
  claims: AccountClaims
  proof: Proof | null
}): Promise<Result<null, 'signed-out' | 'passkey-needed'>> {
  const browser = readBrowser((await headers()).get('user-agent'))
  const opened = await openSession({ claims, proof, ...browser })
  if (!opened.ok) return awaitPasskey({ claims, refusal: opened })
  await keepSession(opened.value)
  return succeed(null)
}

/** Where a session was refused for lack of a passkey, lets this browser show it. */
export async function awaitPasskey<R extends Refusal>({
  claims: { accountId },
  refusal,
}: {
  claims: Pick<AccountClaims, 'accountId'>
  refusal: R
}): Promise<R> {
  if (refusal.reason === 'passkey-needed')
    await awaitSecondFactor({ accountId, browserId: await keepPasskeyBrowser() })
  return refusal
}

/**
 * Goes on with the visitor's session after a change of what it claims. A token from before sessions
 * had rows becomes a session with one. A client that sends its own token keeps it. Only in actions
 * and handlers. Refuses as `prolongSession`.
 */
export async function continueSession({
  who: { by, sessionId },
  claims,
}: {
  who: Pick<Visitor, 'by' | 'sessionId'>
  claims: AccountClaims
}): Promise<Result<null, 'signed-out' | 'passkey-needed'>> {
  if (by === 'bearer') return succeed(null)
  if (sessionId === null) return beginSession({ claims, proof: null })
  const prolonged = await prolongSession({ claims, sessionId })
  if (!prolonged.ok) return prolonged
  await keepSession(prolonged.value)
  return succeed(null)
}

/**
 * The visitor's session. A cookie from before sessions had rows gets one; a bearer token of that
 * kind can't, and is refused `signed-out`. Only in actions and handlers.
 */
export async function readOwnSession({
  by,
  sessionId,
  ...claims
}: Visitor): Promise<
  Result<{ accountId: string; sessionId: string }, 'signed-out' | 'passkey-needed'>
> {
  const { accountId } = claims
  if (sessionId !== null) return succeed({ accountId, sessionId })
  if (by === 'bearer') return refuse('signed-out')
  const browser = readBrowser((await headers()).get('user-agent'))
  const opened = await openSession({ claims, proof: null, ...browser })
  if (!opened.ok) return awaitPasskey({ claims, refusal: opened })
  await keepSession(opened.value)
  return succeed({ accountId, sessionId: opened.value.sessionId })
}

/**
 * The visitor on a path that reads no store for its answer: a session that was ended is none there
 * within a minute.
 */
export async function readRecentVisitor(head: Headers): Promise<Visitor | null> {
  const visitor = await readVisitor(head)
  return visitor && (await isLiveLately(visitor)) ? visitor : null
}

/**
 * The caller who signs out. A browser whose session is over already has its cookie taken away like
 * any other; null, because nothing is left to end.
 */
async function readLeaving({
  request,
}: {
  request: ApiRequest
}): Promise<Result<Visitor | null, VisitorRefusal>> {
  const leaving = await readAsker({ request, reader: readProver })
  const { headers: head } = request
  const isBrowser = head.has('cookie') && !head.has('authorization')
  if (leaving.ok || !isBrowser) return leaving
  return isOwnOrigin(head) ? succeed(null) : refuse('foreign-origin')
}

export const leavingVisitor = {
  read: readLeaving,
  refusals: visitorRefusals,
} as const
