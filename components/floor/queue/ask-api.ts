import type { ReservationStatus } from '@/domain/booking/types'
import type { TicketStatus } from '@/domain/line/types'
import type { Locale } from '@/lib/i18n/locale'

/** What the staff's acts are answered with. */
export type Moved = {
  id: string
  status: ReservationStatus | TicketStatus
  actId: string
  /** Absent: it can't be taken back. */
  undoUntil?: string | null
}

/**
 * What became of an act. `unsent`: nothing left this device. `unknown`: it was sent, and no answer
 * came that says whether it was done. `later`: not now, says the service. The last three are asked
 * again.
 */
export type Answer<T> =
  | { kind: 'done'; value: T }
  | { kind: 'refused'; words: string; reason: string; present: Moved['status'] | null }
  | { kind: 'signed-out' }
  | { kind: 'unsent' }
  | { kind: 'unknown' }
  | { kind: 'later'; waitMs: number }

/** `crypto.randomUUID` is missing where a demo is opened by its address in the local network. */
export function makeKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Somebody waits at the door; longer than this nobody believes in an answer. */
const PATIENCE_MS = 8_000
const LATER_MS = 2_000

type Problem = { title?: string; reason?: string; present?: Moved['status'] }

async function readRefusal(response: Response): Promise<Answer<never>> {
  const isProblem = response.headers.get('content-type')?.includes('application/problem+json')
  const problem: Problem = isProblem ? await response.json() : {}
  const { title: words, reason, present = null } = problem
  // Something between us and the server answered in its place.
  if (!words || !reason) return { kind: 'unknown' }
  if (response.status === 401) return { kind: 'signed-out' }
  const retryAfterMs = Number(response.headers.get('retry-after') ?? 0) * 1_000
  if (response.status >= 500 || response.status === 429 || reason === 'in-progress')
    return { kind: 'later', waitMs: retryAfterMs || LATER_MS }
  return { kind: 'refused', words, reason, present }
}

/**
 * One act of the staff, with the session's cookie, answered in the language of the page. Sent again
 * with the same key it is done once.
 */
export async function sendAct<T>({
  path,
  method = 'POST',
  body,
  key,
  locale,
}: {
  path: string
  method?: 'POST' | 'PATCH'
  body?: object
  key: string
  locale: Locale
}): Promise<Answer<T>> {
  if (!navigator.onLine) return { kind: 'unsent' }
  try {
    const response = await fetch(`/api/v1/${path}`, {
      method,
      headers: {
        'accept-language': locale,
        'idempotency-key': key,
        ...(body && { 'content-type': 'application/json' }),
      },
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
