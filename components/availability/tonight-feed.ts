import { poll } from '@/components/ui/client/poll'
import type { Tonight } from '@/domain/availability/tonight.schema'

/** One list has one address, whatever its order on the page, so that a shared cache keeps it once. */
function addressOf({ partySize, restaurants }: Tonight): string {
  const ids = restaurants.map(({ restaurantId }) => restaurantId).sort()
  return `/api/v1/tonight?party=${partySize}&restaurants=${ids.join(',')}`
}

/** What fails is asked again later: the page says of when its list is. Returns how to stop. */
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
