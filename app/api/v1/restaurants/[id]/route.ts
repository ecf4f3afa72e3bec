import { findRestaurant } from '@/domain/restaurant/queries'
import { apiRoute, jsonResponse } from '@/lib/http/api'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  who: 'anyone',
  answer: async ({ params }) => {
    const restaurant = await findRestaurant({ idOrSlug: params.id ?? '' })
    return restaurant ? jsonResponse(restaurant) : refuse('not-found')
  },
})
