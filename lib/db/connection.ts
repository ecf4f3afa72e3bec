import pg from 'pg'
import { listRequestSettings } from '@/lib/request-context'
import { keepConstraint } from './constraint'
import { classifyDatabaseError } from './database-error'
import { OutcomeUnknown } from './outcome-unknown'

/**
 * On a network that drops packets a query can hang for minutes; no person waits that long. Just
 * under the role's own `statement_timeout`, which Postgres enforces while it can be reached.
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
 * A transaction of a request says with its BEGIN, in the same message, which request it belongs to
 * and on which shared tablet it acts: the audit log's rows take that as their default.
 */
function nameRequest(asked: unknown): unknown {
  const text = readText(asked)
  const settings = BEGINS.test(text) ? listRequestSettings() : []
  if (settings.length === 0) return asked
  const said = settings.map(([name, value]) => `; SET LOCAL ${name} = ${pg.escapeLiteral(value)}`)
  const named = `${text}${said.join('')}`
  return typeof asked === 'string' ? named : { ...Object(asked), text: named }
}

/**
 * Distinguishes two kinds of lost connection, for everything that queries through it, Prisma
 * included. Before COMMIT is sent, nothing has happened. After that the outcome is unknown
 * (`OutcomeUnknown`), and so it is for a statement that writes by itself. A connection that times
 * out is closed, so that the next caller does not wait on the same silence. A violated constraint
 * keeps its name.
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
    // Harmless when the connection is already gone.
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
    const asking = [nameRequest(given[0]), ...given.slice(1)]
    const settle = asking.at(-1)
    if (typeof settle === 'function')
      return Reflect.apply(original, client, [
        ...asking.slice(0, -1),
        (error: unknown, ...rest: unknown[]) => settle(error && failed(error), ...rest),
      ])
    const asked: unknown = Reflect.apply(original, client, asking)
    if (!(asked instanceof Promise)) return asked
    return asked.catch((error: unknown) => {
      throw failed(error)
    })
  }
  Object.assign(client, { query })
}
