import { ask, type Body, textOf } from '@/components/ui/client/ask'
import type { LoginProvider } from '@/domain/identity/types'

/** What signing in can be refused for, as next-auth hands on our own reasons. */
const refusals = ['wrong-credentials', 'rate-limited', 'busy'] as const
export type SignInOutcome = (typeof refusals)[number] | 'signed-in' | 'unreachable'

/** A password takes its time, also to be checked. */
const PATIENCE_MS = 60_000

/**
 * next-auth's own browser client brings a session store, polling and broadcasting that nobody here
 * needs. Its protocol is two requests: a token against cross-site posts, then the form.
 */
async function postToAuth(
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
 * False when it could not be done: the person is still signed in. What is pushed to them is not
 * shown here any more; it goes by mail once the push service has told us.
 */
export async function requestSignOut(): Promise<boolean> {
  const isOut = (await postToAuth('signout', {}))?.isOk ?? false
  if (isOut) await dropPush().catch(() => {})
  return isOut
}

async function dropPush(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration('/')
  await (await registration?.pushManager?.getSubscription())?.unsubscribe()
}

/**
 * Goes to Kakao or Naver; false when it could not be done. Comes back to `returnPath`, or to why
 * not.
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
  // By script, not by the form: our pages allow forms to post to this site only.
  window.location.assign(answer.url)
  return true
}
