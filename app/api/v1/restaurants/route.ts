import { restaurant, restaurantListQuery, restaurantPage } from '@/domain/restaurant/schema'
import { listRestaurants } from '@/domain/restaurant/search.queries'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { succeed } from '@/lib/problems/result'

export const GET = apiRoute({
  operationId: 'listRestaurants',
  summary: 'Find restaurants',
  who: 'anyone',
  query: restaurantListQuery,
  answers: { 200: named('RestaurantPage', restaurantPage, { Restaurant: restaurant }) },
  refusals: [],
  answer: async ({ query }) => succeed(await listRestaurants(query)),
})
