import { sweepRooms } from '@/domain/admin/sweep.commands'
import { apiRoute, jsonResponse } from '@/lib/http/api'
import { isCron } from '@/lib/http/cron'
import { refuse } from '@/lib/problems/result'

/** Nothing is wrong without it, only later. */
export const GET = apiRoute({
  who: 'anyone',
  answer: async ({ request }) =>
    isCron(request.headers) ? jsonResponse(await sweepRooms()) : refuse('not-found'),
})
