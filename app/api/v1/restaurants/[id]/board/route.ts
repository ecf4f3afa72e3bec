import { readBoard } from '@/domain/availability/board.queries'
import { boardQuery } from '@/domain/availability/board.schema'
import { restaurantIdOrSlug } from '@/domain/restaurant/schema'
import { apiRoute, snapshotResponse } from '@/lib/http/api'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  who: 'anyone',
  query: boardQuery,
  answer: async ({ request, params, query }) => {
    const idOrSlug = restaurantIdOrSlug.safeParse(params.id)
    if (!idOrSlug.success) return refuse('not-found')
    const snapshot = await readBoard({ idOrSlug: idOrSlug.data, date: query.date })
    return snapshot.data ? snapshotResponse({ request, snapshot }) : refuse('not-found')
  },
})
