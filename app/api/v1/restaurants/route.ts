import { restaurantListQuery } from '@/domain/restaurant/schema'
import { listRestaurants } from '@/domain/restaurant/search.queries'
import { apiRoute, jsonResponse } from '@/lib/http/api'

export const GET = apiRoute({
  who: 'anyone',
  query: restaurantListQuery,
  answer: async ({ query }) => jsonResponse(await listRestaurants(query)),
})
