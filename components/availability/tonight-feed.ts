import type { Tonight } from '@/domain/availability/tonight.schema'

const PATIENCE_MS = 8_000

/** One list has one address, whatever its order on the page, so that a shared cache keeps it once. */
function addressOf({ partySize, restaurants }: Tonight): string {
  const ids = restaurants.map(({ restaurantId }) => restaurantId).sort()
  return `/api/v1/tonight?party=${partySize}&restaurants=${ids.join(',')}`
}

/**
 * Asks again when the server says so, plus jitter, and at once when somebody comes back to the page;
 * rests while nobody looks. What fails is asked again later: the page says of when its list is.
 * Returns how to stop.
 */
export function followTonight({
  first,
  onNews,
}: {
  first: Tonight
  onNews: (tonight: Tonight) => void
}): () => void {
  const url = addressOf(first)
  let isStopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let pollAfterMs = first.pollAfterMs

  async function ask() {
    try {
      const response = await fetch(url, {
        cache: 'no-store',
        credentials: 'omit',
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
      if (response.ok && !isStopped) {
        const news: Tonight = await response.json()
        pollAfterMs = news.pollAfterMs
        onNews(news)
      }
    } catch {
      // The next round asks again.
    }
    plan(pollAfterMs * (1 + Math.random() / 4))
  }
  function plan(delayMs: number) {
    clearTimeout(timer)
    if (!isStopped && document.visibilityState === 'visible') timer = setTimeout(ask, delayMs)
  }
  const askNow = () => plan(0)

  document.addEventListener('visibilitychange', askNow)
  window.addEventListener('online', askNow)
  askNow()
  return () => {
    isStopped = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', askNow)
    window.removeEventListener('online', askNow)
  }
}
