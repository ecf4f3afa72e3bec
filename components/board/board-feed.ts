import type { Board } from '@/domain/board/types'

export type BoardNews = {
  board: Board
  /** Whether the server could read its database when it answered. */
  isCurrent: boolean
  /** This device's clock when the answer came. */
  heardAtMs: number
  /** Add it to this device's clock to get the database's. */
  clockOffsetMs: number
}
type Told = { onNews: (news: BoardNews) => void; onFailure: () => void }

const PATIENCE_MS = 8_000
const LONGEST_PAUSE_MS = 15_000
/** What a snapshot's ETag ends with while the server shows an older one because Postgres is away. */
const OLD = /-old"$/

/**
 * Follows one public board: asks again when the server says so, plus jitter, so that a crowd that
 * came together does not stay together; rests while nobody looks; backs off while nobody answers.
 * Returns how to stop, and how to ask at once.
 */
export function followBoard({ url, onNews, onFailure }: Told & { url: string }): {
  stop: () => void
  askNow: (delayMs?: number) => void
} {
  let etag: string | null = null
  let last: BoardNews | null = null
  let failures = 0
  let isStopped = false
  let isAsking = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function plan(delayMs: number) {
    clearTimeout(timer)
    if (!isStopped && document.visibilityState === 'visible') timer = setTimeout(ask, delayMs)
  }

  function hear({ board, tag }: { board: Board; tag: string | null }) {
    const heardAtMs = Date.now()
    // What was read cannot be ahead of the clock it was read by, so the largest guess is the best.
    const guessMs = Date.parse(board.asOf) - heardAtMs
    const clockOffsetMs = Math.max(guessMs, last?.clockOffsetMs ?? guessMs)
    // While a countdown runs each answer should tell the time, and an unchanged one does not.
    etag = board.state === 'NOT_OPEN_YET' ? null : tag
    last = { board, isCurrent: !OLD.test(tag ?? ''), heardAtMs, clockOffsetMs }
    onNews(last)
  }

  async function ask() {
    if (isAsking) return
    isAsking = true
    try {
      const response = await fetch(url, {
        cache: 'no-store',
        headers: etag ? { 'if-none-match': etag } : {},
        credentials: 'omit',
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
      if (isStopped) return
      if (response.status === 304 && last) {
        last = { ...last, heardAtMs: last.isCurrent ? Date.now() : last.heardAtMs }
        onNews(last)
      } else if (response.ok) {
        hear({ board: await response.json(), tag: response.headers.get('etag') })
      } else throw new Error(`the board answered ${response.status}`)
      failures = 0
      plan((last?.board.pollAfterMs ?? 1_500) * (1 + Math.random() / 4))
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
    // After a rest the clock may have been set and the board is old: begin from nothing.
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
