import { z } from 'zod'
import { readReadiness } from '@/lib/db/clock'
import { isDevelopment } from '@/lib/env'
import { apiRoute } from '@/lib/http/api'
import { readOperator } from '@/lib/operator'
import { listMissingDetails } from '@/lib/operator-details'
import { succeed } from '@/lib/problems/result'
import { version } from '@/package.json'

const readiness = z.object({
  ready: z.literal(true),
  /** The running release. */
  version: z.string(),
  now: z.iso.datetime(),
  redis: z.enum(['up', 'away']),
  /** What an operator should set right; the service runs without it. */
  warnings: z.array(z.string()),
})

/** By law an operator in production says who they are. */
function listWarnings(): string[] {
  if (isDevelopment) return []
  return listMissingDetails(readOperator()).map((variable) => `not set: ${variable}`)
}

export const GET = apiRoute({
  operationId: 'readReadiness',
  summary: '200 when Postgres answers; Redis is reported, not required',
  who: 'anyone',
  answers: { 200: readiness },
  refusals: [],
  answer: async () => {
    const { now, isRedisUp } = await readReadiness()
    const redis = isRedisUp ? ('up' as const) : ('away' as const)
    return succeed({
      ready: true as const,
      version,
      now: now.toISOString(),
      redis,
      warnings: listWarnings(),
    })
  },
})
