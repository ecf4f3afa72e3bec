import { z } from 'zod'
import { readBoard } from '@/domain/availability/board.queries'
import { board, boardQuery } from '@/domain/availability/board.schema'
import { restaurantIdOrSlug } from '@/domain/restaurant/schema'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { snapshotResponse } from '@/lib/http/snapshot-response'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  operationId: 'readBoard',
  direct: 'GET /api/v1/restaurants/{id}/board',
  summary:
    'The public board of a service date (default: today). The same bytes for everybody; times still to come.',
  who: 'anyone',
  params: z.object({ id: restaurantIdOrSlug }),
  query: boardQuery,
  answers: { 200: named('Board', board) },
  sorted: {
    times: 'by startsAt',
    'times[].slots': 'by tableNumber, then by slotId',
  },
  refusals: ['not-found'],
  answer: async ({ request, params, query }) => {
    const snapshot = await readBoard({ idOrSlug: params.id, date: query.date })
    return snapshot.data ? snapshotResponse({ request, snapshot }) : refuse('not-found')
  },
})
