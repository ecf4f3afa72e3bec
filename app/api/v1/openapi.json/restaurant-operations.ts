import { tonight, tonightQuery } from '@/domain/availability/tonight.schema'
import {
  restaurantDetail,
  restaurantListQuery,
  restaurantPage,
  workplacePage,
  workplacePageQuery,
} from '@/domain/restaurant/schema'
import { type Operation, queryRefusals } from './operation'

/** Restaurants as anybody finds them, and as those do who work there. */
export const restaurantOperations: Record<string, Record<string, Operation>> = {
  '/workplaces': {
    get: {
      summary: 'The restaurants one may act for, and as what',
      query: workplacePageQuery,
      answer: workplacePage,
      refusals: ['signed-out', ...queryRefusals],
    },
  },
  '/restaurants': {
    get: {
      summary: 'Find restaurants',
      open: true,
      query: restaurantListQuery,
      answer: restaurantPage,
      refusals: queryRefusals,
    },
  },
  '/restaurants/{id}': {
    get: {
      summary: 'One restaurant, by id or slug',
      open: true,
      answer: restaurantDetail,
      refusals: ['not-found'],
    },
  },
  '/tonight': {
    get: {
      summary:
        'What is free for a party in the rest of today, of up to fifty restaurants: their ids, sorted, with commas between. The same bytes for everybody.',
      open: true,
      query: tonightQuery,
      answer: tonight,
      refusals: queryRefusals,
    },
  },
}
