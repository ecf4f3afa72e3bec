import { z } from 'zod'
import { readReadiness } from '@/lib/db/clock'
import { apiRoute } from '@/lib/http/api'
import { succeed } from '@/lib/problems/result'
import { version } from '@/package.json'

const readiness = z.object({
  ready: z.literal(true),
  /** The running release. */
  version: z.string(),
  now: z.iso.datetime(),
  redis: z.enum(['up', 'away']),
})

export const GET = apiRoute({
  operationId: 'readReadiness',
  summary: '200 when Postgres answers; Redis is reported, not required',
  who: 'anyone',
  answers: { 200: readiness },
  refusals: [],
  answer: async () => {
    const { now, isRedisUp } = await readReadiness()
    const redis = isRedisUp ? ('up' as const) : ('away' as const)
    return succeed({ ready: true as const, version, now: now.toISOString(), redis })
  },
})
