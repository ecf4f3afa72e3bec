import { z } from 'zod'
import { judgeKeys } from '@/domain/booking/key-use.commands'
import { readReadiness } from '@/lib/db/clock'
import { env, isDevelopment } from '@/lib/env'
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
  /** Without it this process is not ready. */
  database: z.literal('up'),
  /** The service runs without it. `refuses`: it answers, and runs no script. `none`: none is set. */
  redis: z.enum(['up', 'refuses', 'away', 'none']),
  /** What an operator should set right; the service runs without it. */
  warnings: z.array(z.string()),
  /**
   * The keys of AUTH_SECRET, the signing one first, by id. `neededUntil`: dropped before, it breaks
   * mailed links or an opening; null: nothing needs it. `sessionsUntil`: dropped before, it signs people
   * out; null: it has signed no session that goes on.
   */
  keys: z.array(
    z.object({
      id: z.string(),
      neededUntil: z.iso.datetime().nullable(),
      sessionsUntil: z.iso.datetime().nullable(),
    }),
  ),
})

/** By law an operator in production says who they are, and forgets what is kept too long. */
function listWarnings(): string[] {
  if (isDevelopment) return []
  const timer = env.CRON_SECRET === undefined ? ['CRON_SECRET'] : []
  return [...timer, ...listMissingDetails(readOperator())].map((variable) => `not set: ${variable}`)
}

export const GET = apiRoute({
  operationId: 'readReadiness',
  summary: '200 when Postgres answers and no key in use is missing; Redis is reported',
  who: 'anyone',
  answers: { 200: readiness },
  refusals: ['key-in-use'],
  answer: async () => {
    const { now, redis } = await readReadiness()
    const judged = await judgeKeys()
    if (!judged.ok) return judged
    return succeed({
      ready: true as const,
      version,
      now: now.toISOString(),
      database: 'up' as const,
      redis,
      warnings: listWarnings(),
      keys: judged.value,
    })
  },
})
