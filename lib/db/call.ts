import { env } from '@/lib/env'
import { type Refusal, type Result, refuse, succeed } from '@/lib/problems/result'
import { findRequest } from '@/lib/request-context'
import { createBatches, Overdue } from './batch'
import { connectInTime, isDatabaseCrowded } from './database'
import { classifyDatabaseError } from './database-error'
import { OutcomeUnknown } from './outcome-unknown'
import { START_WITHIN_MS } from './patience'

/** What any call of a database function can be refused for. */
export type CallRefusal = 'busy' | 'unavailable' | 'not-certain'

/** Nothing was written; a retry a moment later may succeed. */
export type Contended = { ok: false; reason: 'contended' }

type Answered<Answer> = { ok: true; value: Answer } | Refusal<CallRefusal> | Contended

/** How each type of parameter is given; JSON as text. */
type Given = {
  uuid: string
  'uuid[]': string[]
  text: string
  integer: number
  boolean: boolean
  date: string
  timestamptz: string
  jsonb: string
}
type ParameterTypes = Readonly<Record<string, keyof Given>>
type ArgsOf<Types extends ParameterTypes> = { [P in keyof Types]: Given[Types[P]] | null }
type Args = Record<string, unknown>

/** A call, and the request it belongs to, for the audit log's rows that it writes. */
type Call = { args: Args; requestId: string }

/** A batch that waits longer for a lock of one of its calls gives up, and in the end each call waits alone. */
const BATCH_LOCK_TIMEOUT = '100ms'

/**
 * Makes the call of a database function that is its own transaction, in one round trip; `types` and
 * arguments are keyed by the function's parameter names. Calls that arrive while one with the same
 * key is under way go together in the next statement, in the order of their arrival, and each gets
 * its own answer (`createBatches`). Without a key a call goes alone.
 *
 * Refuses `busy` (no free connection, or it waited too long for its batch), `unavailable` (nothing
 * happened) and `not-certain`: the connection was lost after the call was sent, so the function may
 * or may not have committed.
 */
export function createCall<Answer, Types extends ParameterTypes>(
  name: string,
  types: Types,
  {
    togetherBy,
    most,
    lockFirst = null,
  }: {
    togetherBy: (args: ArgsOf<Types>) => string | null
    most: number
    /**
     * Selects and locks the row that each call of a batch, `$1`, would lock as its first. The batch waits for
     * it as long as a call alone does: other processes' batches hold it one after the other.
     */
    lockFirst?: string | null
  },
): (args: ArgsOf<Types>) => Promise<Answered<Answer>> {
  const join = createBatches<Call & { args: ArgsOf<Types> }, Answer>({
    keyOf: ({ args }) => togetherBy(args),
    write: ([first, ...others]) =>
      askAnswers<Answer>(
        others.length === 0
          ? askAlone({ name, call: first })
          : askTogether({ name, types, lockFirst, calls: [first, ...others] }),
      ),
    most: Math.min(most, env.DATABASE_BATCH_MOST),
  })
  return async (args) => {
    if (isDatabaseCrowded()) return refuse('busy')
    return settle(() => join(nameCall(args)))
  }
}

const nameCall = <A extends Args>(args: A) => ({ args, requestId: findRequest()?.id ?? '' })

async function settle<Answer>(work: () => Promise<Answer>): Promise<Answered<Answer>> {
  try {
    return succeed(await work())
  } catch (error) {
    return explain(error)
  }
}

function explain(error: unknown): Refusal<CallRefusal> | Contended {
  if (error instanceof Overdue) return refuse('busy')
  const fault = classifyDatabaseError(error)
  if (fault === 'lost-race') return { ok: false, reason: 'contended' }
  if (fault === 'bug') throw error
  return refuse(fault)
}

type Statement = { text: string; values: unknown[] }

/** CASE has the request named before the function runs. */
function askAlone({ name, call }: { name: string; call: Call }): Statement {
  const named = Object.keys(call.args).map((parameter, index) => `${parameter} => $${index + 1}`)
  return {
    text: `SELECT CASE WHEN set_config('bobjool.request_id', $${named.length + 1}, true) IS NOT NULL
                       THEN ${name}(${named.join(', ')}) END AS answer`,
    values: [...Object.values(call.args), call.requestId],
  }
}

/** The rows of a function in FROM come, and are answered, in their order. WHERE is judged before any is. */
function askTogether({
  name,
  types,
  lockFirst,
  calls,
}: {
  name: string
  types: ParameterTypes
  lockFirst: string | null
  calls: Call[]
}): Statement {
  const parameters = Object.entries(types)
  const columns = parameters.map(
    ([parameter, type]) => `${parameter} ${type === 'jsonb' ? 'text' : type}`,
  )
  const named = parameters.map(([parameter, type]) => `${parameter} => c.${parameter}::${type}`)
  const rows = calls.map(({ args, requestId }) => ({ ...args, request_id: requestId }))
  const isLocked = lockFirst === null ? 'true' : `(SELECT count(*) FROM (${lockFirst}) AS l) >= 0`
  return {
    text: `SELECT CASE WHEN set_config('bobjool.request_id', c.request_id, true) IS NOT NULL
                        AND set_config('lock_timeout', $2, true) IS NOT NULL
                       THEN ${name}(${named.join(', ')}) END AS answer
             FROM jsonb_to_recordset($1) AS c(request_id text, ${columns.join(', ')})
            WHERE ${isLocked}`,
    values: [JSON.stringify(rows), BATCH_LOCK_TIMEOUT],
  }
}

/** Nothing was sent. */
class NoConnection extends Error {
  /** Postgres's own code for it. */
  readonly code = '08001'

  constructor(cause: unknown) {
    super('no connection to the database', { cause })
  }
}

/**
 * The `answer` column of a statement that calls a function which is its own transaction. Throws
 * `OutcomeUnknown` when the connection was lost after the statement was sent.
 */
export async function askAnswers<Answer>({ text, values }: Statement): Promise<Answer[]> {
  const client = await connectInTime(START_WITHIN_MS).catch((error: unknown) => {
    throw new NoConnection(error)
  })
  let broken: Error | undefined
  try {
    const { rows } = await client.query<{ answer: Answer }>(text, values)
    return rows.map(({ answer }) => answer)
  } catch (error) {
    const fault = classifyDatabaseError(error)
    if (fault !== 'lost-race') broken = error instanceof Error ? error : new Error(String(error))
    throw fault === 'unavailable' ? new OutcomeUnknown(error) : error
  } finally {
    client.release(broken)
  }
}

/** Turns `contended` into `busy` where the caller does not retry by itself. */
export function refuseContended<Value>(asked: Answered<Value>): Result<Value, CallRefusal> {
  if (asked.ok) return asked
  return asked.reason === 'contended' ? refuse('busy') : asked
}
