import { ask, type Body, textOf } from '@/components/ui/client/ask'
import type { LoginProvider } from '@/domain/identity/types'

import { dropKept } from './kept/kept-store'

/** The refusals of signing in, which next-auth passes on by our own reasons. */
const refusals = ['wrong-credentials', 'rate-limited', 'busy', 'passkey-needed'] as const
export type SignInOutcome = (typeof refusals)[number] | 'signed-in' | 'unreachable'

/** Hashing a password takes time, also when it is only checked. */
const PATIENCE_MS = 60_000

/** Settles once the exchange before is over; it never rejects. */
let exchanges: Promise<unknown> = Promise.resolve()

/**
 * One exchange at a time: a second token would void the first, and the end of an old session that
 * arrives late would take the new one's cookie.
 */
function postToAuth(path: string, fields: Record<string, string>): ReturnType<typeof exchange> {
  const answer = exchanges.then(() => exchange(path, fields))
  exchanges = answer
  return answer
}

/**
 * next-auth's browser client brings a session store, polling and broadcasts that this site does not
 * need. Its protocol is two requests: a token against cross-site posts, then the form.
 */
async function exchange(
  path: string,
  fields: Record<string, string>,
): Promise<{ isOk: boolean; url: string | null } | null> {
  const token = await ask<{ csrfToken: string }>({ url: '/api/auth/csrf' })
  if (token.kind !== 'value') return null
  const body = new URLSearchParams({ ...fields, ...token.value, json: 'true' })
  const posted = { method: 'POST' as const, body, patienceMs: PATIENCE_MS }
  const answer = await ask<Body>({ url: `/api/auth/${path}`, ...posted })
  if (answer.kind === 'value') return { isOk: true, url: textOf(answer.value.url) }
  return answer.kind === 'problem' ? { isOk: false, url: textOf(answer.problem.body.url) } : null
}

export async function requestSignIn(credentials: {
  email: string
  password: string
}): Promise<SignInOutcome> {
  const answer = await postToAuth('callback/credentials', credentials)
  const told = new URL(answer?.url ?? '', window.location.origin).searchParams
  const error = told.get('error')
  const refusal = refusals.find((reason) => reason === error)
  if (refusal) return refusal
  return answer?.isOk && error === null && !told.has('csrf') ? 'signed-in' : 'unreachable'
}

/**
 * Returns false on failure, and the person is still signed in. Pushes to this account no longer
 * appear here; they go by mail once the push service reports this subscription gone.
 */
export async function requestSignOut(): Promise<boolean> {
  const read = async () => null
  const leaving = exchanges.then(() => ask({ url: '/api/v1/session', method: 'DELETE', read }))
  exchanges = leaving
  const isOut = (await leaving).kind === 'value'
  if (isOut) await Promise.allSettled([dropPush(), dropKept()])
  return isOut
}

async function dropPush(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration('/')
  await (await registration?.pushManager?.getSubscription())?.unsubscribe()
}

/**
 * Goes to Kakao or Naver and returns to `returnPath` or to the reason for failing; false if it
 * could not start.
 */
export async function requestLogin({
  provider,
  returnPath,
}: {
  provider: LoginProvider
  returnPath: string
}): Promise<boolean> {
  const answer = await postToAuth(`signin/${provider}`, { callbackUrl: returnPath })
  if (!answer?.isOk || !answer.url) return false
  // Navigates by script, because our policy lets forms post to this site only.
  window.location.assign(answer.url)
  return true
}
