import { restaurant, restaurantListQuery, restaurantPage } from '@/domain/restaurant/schema'
import { listRestaurants } from '@/domain/restaurant/search.queries'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { sharedResponse } from '@/lib/http/snapshot-response'

export const GET = apiRoute({
  operationId: 'listRestaurants',
  summary: 'Find restaurants',
  who: 'anyone',
  query: restaurantListQuery,
  answers: { 200: named('RestaurantPage', restaurantPage, { Restaurant: restaurant }) },
  sorted: {
    items: 'by how well the name fits the search, then by name and id',
  },
  refusals: [],
  answer: async ({ request, query }) =>
    sharedResponse({ request, value: await listRestaurants(query) }),
})
