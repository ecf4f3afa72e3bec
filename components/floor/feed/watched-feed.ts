import type { Locale } from '@/lib/i18n/locale'

/** Why the board stands still. */
export type Trouble = 'OFFLINE' | 'SIGNED_OUT' | 'NOT_STAFF'

const PATIENCE_MS = 5_000
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 10_000

/** What the staff watch: of when it is, and when the server wants to be asked again. */
type Watched = { asOf: string; pollAfterMs: number }

/** The newest whole reading, and by what the service knows it again. */
type Seen<T> = { value: T; etag: string }

type Reading<T> =
  | { kind: 'value'; value: T; seen: Seen<T> | null }
  | { kind: 'trouble'; trouble: Trouble; retryAfterMs?: number }

const troubleOf: Partial<Record<number, Trouble>> = { 401: 'SIGNED_OUT', 404: 'NOT_STAFF' }

async function read<T extends Watched>({
  url,
  locale,
  seen,
  signal,
}: {
  url: string
  locale: Locale
  seen: Seen<T> | null
  signal: AbortSignal
}): Promise<Reading<T>> {
  try {
    const response = await fetch(url, {
      headers: { 'accept-language': locale, ...(seen && { 'if-none-match': seen.etag }) },
      cache: 'no-store',
      signal,
    })
    const asOf = response.headers.get('as-of')
    if (response.status === 304 && seen && asOf)
      return { kind: 'value', value: { ...seen.value, asOf }, seen }
    if (!response.ok) {
      const retryAfterMs = Number(response.headers.get('retry-after') ?? 0) * 1_000
      return { kind: 'trouble', trouble: troubleOf[response.status] ?? 'OFFLINE', retryAfterMs }
    }
    const value: T = await response.json()
    const etag = response.headers.get('etag')
    return { kind: 'value', value, seen: etag ? { value, etag } : null }
  } catch {
    return { kind: 'trouble', trouble: 'OFFLINE' }
  }
}

export type WatchedFeed = { refresh: () => void; stop: () => void }

/**
 * Reads a day or a line again and again, as often as the server asks for: one request at a time, none while
 * nobody looks, at once when somebody looks again. Without an answer it waits longer each time.
 */
export function startWatchedFeed<T extends Watched>({
  url,
  locale,
  pollAfterMs,
  onValue,
  onTrouble,
}: {
  url: string
  locale: Locale
  pollAfterMs: number
  onValue: (value: T) => void
  onTrouble: (trouble: Trouble) => void
}): WatchedFeed {
  let timer: ReturnType<typeof setTimeout> | undefined
  let current: AbortController | undefined
  let failures = 0
  let seen: Seen<T> | null = null

  function wait(ms: number) {
    clearTimeout(timer)
    if (!document.hidden) timer = setTimeout(poll, ms)
  }

  function handle(reading: Reading<T>) {
    if (reading.kind === 'value') {
      failures = 0
      seen = reading.seen
      onValue(reading.value)
      return wait(reading.value.pollAfterMs)
    }
    onTrouble(reading.trouble)
    // Signing in again or being listed again is done elsewhere; looking at this page then asks anew.
    if (reading.trouble !== 'OFFLINE') return
    const backOffMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures)
    failures += 1
    const jitterMs = backOffMs * 0.2 * Math.random()
    wait(Math.max(backOffMs + jitterMs, reading.retryAfterMs ?? 0))
  }

  async function poll() {
    clearTimeout(timer)
    current?.abort()
    const mine = new AbortController()
    current = mine
    const patience = setTimeout(() => mine.abort(), PATIENCE_MS)
    const reading = await read<T>({ url, locale, seen, signal: mine.signal })
    clearTimeout(patience)
    // A reading that was begun before an act would show the state before it.
    if (current === mine) handle(reading)
  }

  function look() {
    if (document.hidden) clearTimeout(timer)
    else void poll()
  }
  function lose() {
    onTrouble('OFFLINE')
  }

  document.addEventListener('visibilitychange', look)
  window.addEventListener('online', look)
  window.addEventListener('offline', lose)
  wait(pollAfterMs)
  return {
    refresh: () => void poll(),
    stop: () => {
      clearTimeout(timer)
      current?.abort()
      current = undefined
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('online', look)
      window.removeEventListener('offline', lose)
    },
  }
}
