import type { Locale } from '@/lib/i18n/locale'
import { readSteadyMs } from './steady-clock'

export type Body = Record<string, unknown>

/** What the service said instead of what was asked for. */
export type Problem = {
  status: number
  /** Null: the answer was none of ours, as from a gateway or a network that wants a sign-in. */
  reason: string | null
  /** In the language of the page. */
  title: string | null
  /** What `Retry-After` asks for. Null: it was not sent. */
  retryAfterMs: number | null
  body: Body
}

/** When it was asked for and heard, by the steady clock. */
type Arrival = { headers: Headers; askedAtMs: number; heardAtMs: number }

export type Answer<T> =
  | ({ kind: 'value'; value: T } & Arrival)
  /** What `If-None-Match` named is still so. */
  | ({ kind: 'unchanged' } & Arrival)
  | { kind: 'problem'; problem: Problem }
  /** No whole answer came: it may have been done. */
  | { kind: 'lost' }

export type Question<T> = {
  url: string
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON, a form as a form. */
  body?: object | undefined
  /** In which language a refusal is told. */
  locale?: Locale
  headers?: Record<string, string>
  /** `omit`: the answer is the same for everybody. */
  credentials?: 'omit'
  /** It goes out although the page is being closed. */
  keepalive?: boolean
  patienceMs?: number
  /** Ends it early. */
  stopper?: AbortController
  read?: (response: Response) => Promise<T>
}

/** Longer than the two seconds after which the server itself gives up, and a slow network. */
const PATIENCE_MS = 8_000

/** Every request of a page goes through here. It never throws: an answer that got lost is a value. */
export async function ask<T>({
  url,
  method = 'GET',
  body,
  locale,
  headers,
  patienceMs = PATIENCE_MS,
  stopper = new AbortController(),
  read = (response) => response.json(),
  ...how
}: Question<T>): Promise<Answer<T>> {
  const patience = setTimeout(() => stopper.abort(), patienceMs)
  const askedAtMs = readSteadyMs()
  try {
    const response = await fetch(url, {
      ...how,
      method,
      cache: 'no-store',
      headers: {
        ...(locale && { 'accept-language': locale }),
        ...(body && !(body instanceof URLSearchParams) && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: body instanceof URLSearchParams ? body : JSON.stringify(body) }),
      signal: stopper.signal,
    })
    const arrival = { headers: response.headers, askedAtMs, heardAtMs: readSteadyMs() }
    if (response.status === 304) return { kind: 'unchanged', ...arrival }
    if (!response.ok) return { kind: 'problem', problem: await readProblem(response) }
    // Of a success whose body was cut off nobody knows what it said.
    return { kind: 'value', value: await read(response), ...arrival }
  } catch {
    return { kind: 'lost' }
  } finally {
    clearTimeout(patience)
  }
}

async function readProblem(response: Response): Promise<Problem> {
  const body: Body = await response.json().catch(() => ({}))
  return {
    status: response.status,
    reason: textOf(body.reason),
    title: textOf(body.title),
    retryAfterMs: readRetryAfterMs(response.headers),
    body,
  }
}

function readRetryAfterMs(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null
}

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** `crypto.randomUUID` is missing where a demo is opened by its address in the local network. */
export function makeKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
