import { z } from 'zod'
import { sweepRooms } from '@/domain/admin/sweep.commands'
import { apiRoute } from '@/lib/http/api'
import { isCron } from '@/lib/http/cron'
import { refuse, succeed } from '@/lib/problems/result'

/** Without this job everything still happens correctly, only later. */
export const GET = apiRoute({
  operationId: 'sweep',
  summary: 'With the cron’s secret: tidy up what is overdue, send what is due',
  who: 'anyone',
  answers: { 200: z.record(z.string(), z.unknown()) },
  refusals: ['not-found'],
  answer: async ({ request }) =>
    isCron(request.headers) ? succeed(await sweepRooms()) : refuse('not-found'),
})
