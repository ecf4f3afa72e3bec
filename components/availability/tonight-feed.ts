import { poll } from '@/components/ui/client/poll'
import { serverClock } from '@/components/ui/client/server-clock'
import type { Tonight } from '@/domain/availability/tonight.schema'

/** Sorted, so that one set of restaurants has one address and a shared cache keeps it once. */
function addressOf({ partySize, restaurants }: Tonight): string {
  const ids = restaurants.map(({ restaurantId }) => restaurantId).sort()
  return `/api/v1/tonight?party=${partySize}&restaurants=${ids.join(',')}`
}

/**
 * Retries failures later, since the page shows how old its list is. The time goes on meanwhile, by
 * the database's clock. Returns a function that stops it.
 */
export function followTonight({
  first,
  onNews,
  onTime,
}: {
  first: Tonight
  onNews: (tonight: Tonight) => void
  onTime: (nowMs: number) => void
}): () => void {
  const tellTime = () => {
    const nowMs = serverClock.readMs()
    if (nowMs !== null) onTime(nowMs)
  }
  const { stop } = poll<Tonight>({
    url: addressOf(first),
    credentials: 'omit',
    onNews: ({ value }) => {
      tellTime()
      onNews(value)
    },
    onFailure: tellTime,
  })
  return stop
}
