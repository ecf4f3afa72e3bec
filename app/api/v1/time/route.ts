import { z } from 'zod'
import { readDatabaseClock } from '@/lib/db/clock'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { succeed } from '@/lib/problems/result'

export const GET = apiRoute({
  operationId: 'readTime',
  summary: 'The clock that judges deadlines',
  who: 'anyone',
  answers: { 200: named('Time', z.object({ now: z.iso.datetime() })) },
  refusals: [],
  answer: async () => succeed({ now: (await readDatabaseClock()).toISOString() }),
})
