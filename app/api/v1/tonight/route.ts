import { readTonight } from '@/domain/board/tonight/queries'
import { tonightQuery } from '@/domain/board/tonight/schema'
import { apiRoute, snapshotResponse } from '@/lib/api'

export const GET = apiRoute({
  who: 'anyone',
  query: tonightQuery,
  answer: async ({ request, query: { restaurants, party } }) => {
    const snapshot = await readTonight({ restaurantIds: restaurants, partySize: party })
    return snapshotResponse({ request, snapshot })
  },
})
