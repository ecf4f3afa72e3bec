import { readBoard } from '@/domain/board/queries'
import { boardQuery } from '@/domain/board/schema'
import { restaurantIdOrSlug } from '@/domain/restaurant/schema'
import { apiRoute, snapshotResponse } from '@/lib/api'
import { refuse } from '@/lib/result'

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
