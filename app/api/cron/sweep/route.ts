import { z } from 'zod'
import { sweepRooms } from '@/domain/admin/sweep.commands'
import { env } from '@/lib/env'
import { apiRoute } from '@/lib/http/api'
import { carriesBearer } from '@/lib/http/bearer'
import { refuse, succeed } from '@/lib/problems/result'

/** Without this job everything still happens correctly, only later. */
export const GET = apiRoute({
  operationId: 'sweep',
  summary: 'With the cron’s secret: tidy up what is overdue, send what is due',
  who: 'anyone',
  answers: { 200: z.record(z.string(), z.unknown()) },
  refusals: ['not-found'],
  answer: async ({ request }) =>
    carriesBearer(request.headers, env.CRON_SECRET)
      ? succeed(await sweepRooms())
      : refuse('not-found'),
})
