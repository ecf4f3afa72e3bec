import { readTonight } from '@/domain/availability/tonight.queries'
import { tonight, tonightQuery } from '@/domain/availability/tonight.schema'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { snapshotResponse } from '@/lib/http/snapshot-response'

export const GET = apiRoute({
  operationId: 'readTonight',
  summary:
    'What is free for a party in the rest of today, of up to fifty restaurants: their ids, sorted, with commas between. The same bytes for everybody.',
  who: 'anyone',
  query: tonightQuery,
  answers: { 200: named('Tonight', tonight) },
  sorted: {
    restaurants: 'by restaurantId',
    'restaurants[].freeTimes': 'upwards',
  },
  refusals: [],
  answer: async ({ request, query: { restaurants, party } }) => {
    const snapshot = await readTonight({ restaurantIds: restaurants, partySize: party })
    return snapshotResponse({ request, snapshot })
  },
})
