import { readTonight } from '@/domain/availability/tonight.queries'
import { tonightQuery } from '@/domain/availability/tonight.schema'
import { apiRoute, snapshotResponse } from '@/lib/http/api'

export const GET = apiRoute({
  who: 'anyone',
  query: tonightQuery,
  answer: async ({ request, query: { restaurants, party } }) => {
    const snapshot = await readTonight({ restaurantIds: restaurants, partySize: party })
    return snapshotResponse({ request, snapshot })
  },
})
