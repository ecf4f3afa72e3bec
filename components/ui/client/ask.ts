import type { Locale } from '@/lib/i18n/locale'
import { readSteadyMs } from './steady-clock'

export type Body = Record<string, unknown>

/** An answer other than the one asked for. */
export type Problem = {
  status: number
  /**
   * Null: the answer did not come from our service, but from a gateway or a network's sign-in page.
   */
  reason: string | null
  /** In the language of the page. */
  title: string | null
  /** From `Retry-After`. Null: it was not sent. */
  retryAfterMs: number | null
  body: Body
}

/** When the request was sent and answered, by the steady clock. */
type Arrival = { headers: Headers; askedAtMs: number; heardAtMs: number }

export type Answer<T> =
  | ({ kind: 'value'; value: T } & Arrival)
  /** The version named by `If-None-Match` is still current. */
  | ({ kind: 'unchanged' } & Arrival)
  | { kind: 'problem'; problem: Problem }
  /** No complete answer came: the request may have been carried out. */
  | { kind: 'lost' }

export type Question<T> = {
  url: string
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON, except a form, which is sent as a form, and a file, which is sent as it is. */
  body?: object | undefined
  /** The language of refusals. */
  locale?: Locale
  headers?: Record<string, string>
  /** `omit`: the answer is the same for every visitor. */
  credentials?: 'omit'
  /** The request outlives a page that is being closed. */
  keepalive?: boolean
  patienceMs?: number
  /** Aborts the request. */
  stopper?: AbortController
  read?: (response: Response) => Promise<T>
}

/** Longer than the two seconds after which the server itself gives up, plus a slow network. */
const PATIENCE_MS = 8_000

const isSentAsIs = (body: object): body is URLSearchParams | Blob =>
  body instanceof URLSearchParams || body instanceof Blob

/** Every request of a page goes through here. It never throws: a lost answer is a value. */
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
        ...(body && !isSentAsIs(body) && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: isSentAsIs(body) ? body : JSON.stringify(body) }),
      signal: stopper.signal,
    })
    const arrival = { headers: response.headers, askedAtMs, heardAtMs: readSteadyMs() }
    if (response.status === 304) return { kind: 'unchanged', ...arrival }
    if (!response.ok) return { kind: 'problem', problem: await readProblem(response) }
    // A success whose body was cut off has unknown content.
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
