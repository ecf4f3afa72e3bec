import { randomUUID } from 'node:crypto'
import { classifyDatabaseError, isAccountGone } from '@/lib/db/database-error'
import { log } from '@/lib/log'
import { type Refusal, refuse } from './result'

/**
 * What an exception is to the person who asked: `busy` after a lost race, `unavailable` while
 * Postgres is away, `not-certain` when it went away while it could have written, `signed-out` when
 * the account was left meanwhile, `unexpected` for the rest. Of that nothing leaves the process but
 * its incident number.
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
