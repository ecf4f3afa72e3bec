import { z } from 'zod'
import { findRestaurant } from '@/domain/restaurant/queries'
import { restaurantDetail, restaurantIdOrSlug } from '@/domain/restaurant/schema'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { refuse, succeed } from '@/lib/problems/result'

export const GET = apiRoute({
  operationId: 'readRestaurant',
  summary: 'One restaurant, by id or slug',
  who: 'anyone',
  params: z.object({ id: restaurantIdOrSlug }),
  answers: { 200: named('RestaurantDetail', restaurantDetail) },
  sorted: {
    hours: 'by weekday, then by fromMinutes',
    closures: 'by date',
    pictures: 'as the restaurant has put them',
    tableClasses: 'by maxParty',
  },
  refusals: ['not-found'],
  answer: async ({ params }) => {
    const restaurant = await findRestaurant({ idOrSlug: params.id })
    return restaurant ? succeed(restaurant) : refuse('not-found')
  },
})
