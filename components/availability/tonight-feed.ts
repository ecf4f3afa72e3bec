import { poll } from '@/components/ui/client/poll'
import type { Tonight } from '@/domain/availability/tonight.schema'

/** Sorted, so that one set of restaurants has one address and a shared cache keeps it once. */
function addressOf({ partySize, restaurants }: Tonight): string {
  const ids = restaurants.map(({ restaurantId }) => restaurantId).sort()
  return `/api/v1/tonight?party=${partySize}&restaurants=${ids.join(',')}`
}

/**
 * Retries failures later, since the page shows how old its list is. Returns a function that stops
 * it.
 */
export function followTonight({
  first,
  onNews,
}: {
  first: Tonight
  onNews: (tonight: Tonight) => void
}): () => void {
  const { stop } = poll<Tonight>({
    url: addressOf(first),
    credentials: 'omit',
    onNews: ({ value }) => onNews(value),
  })
  return stop
}
