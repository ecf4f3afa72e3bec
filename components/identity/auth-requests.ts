import type { LoginProvider } from '@/domain/identity/types'

/** What signing in can be refused for, as next-auth hands on our own reasons. */
const refusals = ['wrong-credentials', 'rate-limited', 'busy'] as const
export type SignInOutcome = (typeof refusals)[number] | 'signed-in' | 'unreachable'

/**
 * next-auth's own browser client brings a session store, polling and broadcasting that nobody here
 * needs. Its protocol is two requests: a token against cross-site posts, then the form.
 */
async function postToAuth(path: string, fields: Record<string, string>): Promise<Response> {
  const answer = await fetch('/api/auth/csrf')
  if (!answer.ok) throw new Error(`next-auth answered ${answer.status}`)
  const { csrfToken }: { csrfToken: string } = await answer.json()
  return fetch(`/api/auth/${path}`, {
    method: 'POST',
    body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }),
  })
}

export async function requestSignIn(credentials: {
  email: string
  password: string
}): Promise<SignInOutcome> {
  try {
    const response = await postToAuth('callback/credentials', credentials)
    const { url }: { url?: string } = await response.json()
    const told = new URL(url ?? '', window.location.origin).searchParams
    const error = told.get('error')
    const refusal = refusals.find((reason) => reason === error)
    if (refusal) return refusal
    return response.ok && error === null && !told.has('csrf') ? 'signed-in' : 'unreachable'
  } catch {
    return 'unreachable'
  }
}

/**
 * False when it could not be done: the person is still signed in. What is pushed to them is not
 * shown here any more; it goes by mail once the push service has told us.
 */
export async function requestSignOut(): Promise<boolean> {
  try {
    const isOut = (await postToAuth('signout', {})).ok
    if (isOut) await dropPush().catch(() => {})
    return isOut
  } catch {
    return false
  }
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
  try {
    const response = await postToAuth(`signin/${provider}`, { callbackUrl: returnPath })
    const { url }: { url?: string } = await response.json()
    if (!response.ok || !url) return false
    // By script, not by the form: our pages allow forms to post to this site only.
    window.location.assign(url)
    return true
  } catch {
    return false
  }
}
