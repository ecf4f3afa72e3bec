import type { Locale } from '@/lib/locale'

/**
 * What became of an act. `unsent`: nothing left this device. `unknown`: it was sent, and no answer
 * came that says whether it was done.
 */
export type Answer<T> =
  | { kind: 'done'; value: T }
  | { kind: 'refused'; words: string; isSignedOut: boolean }
  | { kind: 'unsent' }
  | { kind: 'unknown' }

/** Somebody waits at the door; longer than this nobody believes in an answer. */
const PATIENCE_MS = 8_000

type Problem = { title?: string }

async function readRefusal(response: Response): Promise<Answer<never>> {
  const isProblem = response.headers.get('content-type')?.includes('application/problem+json')
  const problem: Problem = isProblem ? await response.json() : {}
  // Something between us and the server answered in its place.
  if (!problem.title) return { kind: 'unknown' }
  return { kind: 'refused', words: problem.title, isSignedOut: response.status === 401 }
}

/** One act of the staff, with the session's cookie, answered in the language of the page. */
export async function postAct<T>({
  path,
  body,
  locale,
}: {
  path: string
  body?: object
  locale: Locale
}): Promise<Answer<T>> {
  if (!navigator.onLine) return { kind: 'unsent' }
  try {
    const response = await fetch(`/api/v1/${path}`, {
      method: 'POST',
      headers: { 'accept-language': locale, ...(body && { 'content-type': 'application/json' }) },
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!response.ok) return await readRefusal(response)
    const value: T = await response.json()
    return { kind: 'done', value }
  } catch {
    // fetch throws only where no whole answer came.
    return { kind: 'unknown' }
  }
}
