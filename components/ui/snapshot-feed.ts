import { learnPhoneClock } from '@/lib/db/clock-reading'

/** Any public snapshot: of when it is, and when the server wants to be asked again. */
type Snapshot = { asOf: string; pollAfterMs: number }

export type SnapshotNews<T> = {
  snapshot: T
  /** Whether the server could read its database when it answered. */
  isCurrent: boolean
  /** This device's clock when the answer came. */
  heardAtMs: number
  /** Add it to this device's clock to get the database's. */
  clockOffsetMs: number
  /** So much later a process of the server may know the database's clock than this device does. */
  clockUncertaintyMs: number
}

const PATIENCE_MS = 8_000
const LONGEST_PAUSE_MS = 15_000
/** What a snapshot's ETag ends with while the server shows an older one because Postgres is away. */
const OLD = /-old"$/

/** So that a crowd that came together does not stay together. */
const pause = <T extends Snapshot>({ snapshot }: SnapshotNews<T>) =>
  snapshot.pollAfterMs * (1 + Math.random() / 4)

function makeNews<T extends Snapshot>({
  snapshot,
  tag,
  askedAtMs,
  heardAtMs,
  last,
}: {
  snapshot: T
  tag: string | null
  askedAtMs: number
  heardAtMs: number
  last: SnapshotNews<T> | null
}): SnapshotNews<T> {
  const known = last && {
    offsetMs: last.clockOffsetMs,
    uncertaintyMs: last.clockUncertaintyMs,
  }
  const reading = { toldMs: Date.parse(snapshot.asOf), askedAtMs, heardAtMs }
  const { offsetMs, uncertaintyMs } = learnPhoneClock({ known, reading })
  const isCurrent = !OLD.test(tag ?? '')
  const clock = { clockOffsetMs: offsetMs, clockUncertaintyMs: uncertaintyMs }
  return { snapshot, isCurrent, heardAtMs, ...clock }
}

/**
 * Follows one public snapshot: asks again when the server says so, plus jitter; rests while nobody
 * looks; backs off while nobody answers. Returns how to stop, and how to ask at once.
 */
export function followSnapshot<T extends Snapshot>({
  url,
  onNews,
  onFailure,
  needsTime,
  planPauseMs = pause,
  readClock = Date.now,
}: {
  url: string
  onNews: (news: SnapshotNews<T>) => void
  onFailure: () => void
  /** While a countdown runs each answer should tell the time, and an unchanged one does not. */
  needsTime: (snapshot: T) => boolean
  planPauseMs?: (news: SnapshotNews<T>) => number
  /** This device's clock, in milliseconds: one that may be set, or one that only runs. */
  readClock?: () => number
}): {
  stop: () => void
  askNow: (delayMs?: number) => void
} {
  let etag: string | null = null
  let last: SnapshotNews<T> | null = null
  let failures = 0
  let isStopped = false
  let isAsking = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function plan(delayMs: number) {
    clearTimeout(timer)
    if (!isStopped && document.visibilityState === 'visible') timer = setTimeout(ask, delayMs)
  }

  async function ask() {
    if (isAsking) return
    isAsking = true
    const askedAtMs = readClock()
    try {
      const response = await fetch(url, {
        cache: 'no-store',
        headers: etag ? { 'if-none-match': etag } : {},
        credentials: 'omit',
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
      if (isStopped) return
      if (response.status === 304 && last) {
        last = { ...last, heardAtMs: last.isCurrent ? readClock() : last.heardAtMs }
      } else if (response.ok) {
        const tag = response.headers.get('etag')
        const snapshot: T = await response.json()
        last = makeNews({ snapshot, tag, askedAtMs, heardAtMs: readClock(), last })
        etag = needsTime(snapshot) ? null : tag
      } else throw new Error(`${url} answered ${response.status}`)
      onNews(last)
      failures = 0
      plan(planPauseMs(last))
    } catch {
      if (isStopped) return
      failures += 1
      onFailure()
      plan(Math.min(1_000 * 2 ** failures, LONGEST_PAUSE_MS) * (0.75 + Math.random() / 2))
    } finally {
      isAsking = false
    }
  }

  function lookAgain() {
    // After a rest the clock may have been set and what is shown is old: begin from nothing.
    etag = null
    plan(0)
  }

  document.addEventListener('visibilitychange', lookAgain)
  window.addEventListener('online', lookAgain)
  plan(0)
  return {
    askNow: (delayMs = 0) => plan(delayMs),
    stop: () => {
      isStopped = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', lookAgain)
      window.removeEventListener('online', lookAgain)
    },
  }
}
