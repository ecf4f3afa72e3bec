import { randomUUID } from 'node:crypto'
import { classifyDatabaseError, isAccountGone } from '@/lib/db/database-error'
import { log } from '@/lib/log'
import { type Refusal, refuse } from './result'

/**
 * What an exception means to the person who asked: `busy` after a lost race, `unavailable` while
 * Postgres is away, `not-certain` when it was lost when it might already have written, `signed-out`
 * when the account was deleted meanwhile, `unexpected` for the rest. Of an unexpected failure only
 * the incident number leaves the process.
 */
export function refuseFailure(error: unknown): Refusal {
  const fault = classifyDatabaseError(error)
  if (fault === 'lost-race') return refuse('busy')
  if (fault === 'unavailable' || fault === 'not-certain') {
    log.warn({ error: error instanceof Error ? error.message : String(error) }, 'database away')
    return refuse(fault)
  }
  if (isAccountGone(error)) return refuse('signed-out')
  const incident = randomUUID()
  log.error({ incident, error }, 'unexpected failure')
  return refuse('unexpected', { incident })
}
