import type pg from 'pg'
import { keepConstraint } from './constraint'
import { classifyDatabaseError } from './database-error'
import { OutcomeUnknown } from './outcome-unknown'

/**
 * A network that swallows packets answers nothing for minutes; nobody waits so long. Just under the
 * role's own `statement_timeout`, which Postgres keeps as long as it can be heard.
 */
export const QUERY_TIMEOUT_MS = 1_800

const BEGINS = /^\s*(begin|start transaction)\b/i
const COMMITS = /^\s*commit\b/i
const ENDS = /^\s*(commit|rollback)\s*;?\s*$/i
const WRITES = /\b(insert|update|delete|truncate)\b/i

function readText(asked: unknown): string {
  const text = typeof asked === 'string' ? asked : Object(asked).text
  return typeof text === 'string' ? text : ''
}

/**
 * Tells two losses of a connection apart, for everything that asks through it, Prisma included:
 * before COMMIT was sent nothing has happened; from then on nobody knows (`OutcomeUnknown`), and the
 * same holds for a statement that writes by itself. A connection that did not answer in time is
 * closed, so that the next who gets it does not wait for the same silence. A constraint that refuses a
 * row keeps its name.
 */
export function guardConnection(client: pg.PoolClient): void {
  const original = client.query
  let isInTransaction = false

  function explain({
    error,
    text,
    wasInside,
  }: {
    error: unknown
    text: string
    wasInside: boolean
  }) {
    if (classifyDatabaseError(error) !== 'unavailable') return keepConstraint(error)
    // Harmless when the connection is gone already.
    if ('end' in client && typeof client.end === 'function') client.end(() => {})
    const couldCommit = COMMITS.test(text) || (!wasInside && WRITES.test(text))
    return couldCommit ? new OutcomeUnknown(error) : error
  }

  function query(...given: unknown[]): unknown {
    const text = readText(given[0])
    const wasInside = isInTransaction
    if (BEGINS.test(text)) isInTransaction = true
    else if (ENDS.test(text)) isInTransaction = false
    const failed = (error: unknown) => explain({ error, text, wasInside })
    const settle = given.at(-1)
    if (typeof settle === 'function')
      return Reflect.apply(original, client, [
        ...given.slice(0, -1),
        (error: unknown, ...rest: unknown[]) => settle(error && failed(error), ...rest),
      ])
    const asked: unknown = Reflect.apply(original, client, given)
    if (!(asked instanceof Promise)) return asked
    return asked.catch((error: unknown) => {
      throw failed(error)
    })
  }
  Object.assign(client, { query })
}
