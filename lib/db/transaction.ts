import pg from 'pg'
import type { Reason } from '@/lib/problems/problem'
import { type Refusal, type Result, refuse, succeed } from '@/lib/problems/result'
import type { Prisma } from '@/prisma/generated/client'
import type { ConstraintName } from './constraint'
import { isDatabaseCrowded, pool, prisma } from './database'
import { classifyDatabaseError, violatedConstraint } from './database-error'

export type Transaction = Prisma.TransactionClient
/** Ends the transaction, rolls it back, and becomes its answer. */
export type Stop<R extends Reason = Reason> = (refusal: Refusal<R>) => never

/** Another transaction has just written what this one was about to. */
const BEGIN_ANEW = 'begin-anew'
/**
 * What it means to the person who asks that a constraint refuses a row. One that a command does not
 * name is a bug, and thrown on.
 */
export type Constraints<Meaning = Reason | Refusal | typeof BEGIN_ANEW> = Readonly<
  Partial<Record<ConstraintName, Meaning>>
>

export type Meanings<R extends Reason> = Constraints<R | Refusal<R> | typeof BEGIN_ANEW>

class Refused<R extends Reason> extends Error {
  constructor(readonly refusal: Refusal<R>) {
    super(refusal.reason)
  }
}

class Overtaken extends Error {}

/** Takes everything back; a transaction with `tries` left begins anew. */
export function beginAnew(): never {
  throw new Overtaken('overtaken by another transaction')
}

function meaningOf<Meaning>(
  error: unknown,
  constraints: Constraints<Meaning>,
): Meaning | undefined {
  const violated = violatedConstraint(error)
  for (const [name, meaning] of Object.entries(constraints)) if (name === violated) return meaning
  return undefined
}

/** The reason a failed statement is refused for by the constraint that it met. Throws all else on. */
export function refuseViolation<Meaning extends Reason>(
  error: unknown,
  constraints: Constraints<Meaning>,
): Refusal<Meaning> {
  const meaning = meaningOf(error, constraints)
  if (meaning === undefined) throw error
  return refuse(meaning)
}

/**
 * One transaction in which a refusal takes back what was written before it, and comes out as a
 * value. `constraints` says which of them refuses what. With `tries` it begins anew, after a jittered
 * moment, when it was overtaken or lost a race (deadlock, a lock waited for too long), and refuses
 * `busy` after the last. Everything else that goes wrong is thrown on.
 */
export function runTransaction<T, R extends Reason = Reason>(
  work: (tx: Transaction, stop: Stop<R>) => Promise<T>,
  options?: { constraints?: Meanings<NoInfer<R>> },
): Promise<Result<T, R>>
export function runTransaction<T, R extends Reason = Reason>(
  work: (tx: Transaction, stop: Stop<R>) => Promise<T>,
  options: { constraints?: Meanings<NoInfer<R>>; tries: number },
): Promise<Result<T, R | 'busy'>>
export async function runTransaction<T, R extends Reason>(
  work: (tx: Transaction, stop: Stop<R>) => Promise<T>,
  { constraints = {}, tries = 1 }: { constraints?: Meanings<R>; tries?: number } = {},
): Promise<Result<T, R | 'busy'>> {
  for (let tried = 1; tried <= tries; tried++) {
    try {
      const value = await prisma.$transaction((tx) =>
        work(tx, (refusal) => {
          throw new Refused(refusal)
        }),
      )
      return succeed(value)
    } catch (error) {
      if (error instanceof Refused) return error.refusal
      const meaning = meaningOf(error, constraints)
      if (typeof meaning === 'object') return meaning
      if (meaning !== undefined && meaning !== BEGIN_ANEW) return refuse(meaning)
      const isOvertaken = error instanceof Overtaken || meaning === BEGIN_ANEW
      if (tries === 1 || !(isOvertaken || classifyDatabaseError(error) === 'lost-race')) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** tried))
  }
  return refuse('busy')
}

/** What calling a function of the database can be refused for, whatever the function is. */
export type CallRefusal = 'busy' | 'unavailable' | 'not-certain'

/** Nothing was written; asked again a moment later it may go through. */
export type Contended = { ok: false; reason: 'contended' }

/**
 * Asks a database function that is a transaction of its own, in one round trip; `args` by the names
 * that the function gives its parameters. Refuses `busy` (no connection free), `unavailable` (nothing happened) and
 * `not-certain`: the connection went away after the question, so that nobody knows whether the
 * function, whose statement does not look like writing, has committed.
 */
export async function callDatabase<Answer>(
  name: string,
  args: Record<string, unknown>,
): Promise<{ ok: true; value: Answer } | Refusal<CallRefusal> | Contended> {
  if (isDatabaseCrowded()) return refuse('busy')
  const client = await pool.connect().catch(() => null)
  if (!client) return refuse('unavailable')
  let broken: Error | undefined
  try {
    const named = Object.keys(args).map((parameter, index) => `${parameter} => $${index + 1}`)
    const { rows } = await client.query<{ answer: Answer }>(
      `SELECT ${name}(${named.join(', ')}) AS answer`,
      Object.values(args),
    )
    const [row] = rows
    if (!row) throw new Error(`${name} returned no row`)
    return succeed(row.answer)
  } catch (error) {
    const fault = classifyDatabaseError(error)
    if (fault === 'lost-race') return { ok: false, reason: 'contended' }
    broken = error instanceof Error ? error : new Error(String(error))
    if (fault === 'unavailable' || fault === 'not-certain') return refuse('not-certain')
    throw error
  } finally {
    client.release(broken)
  }
}

/** A contended answer is a `busy` one where nobody tries again by themselves. */
export function refuseContended<Value>(
  asked: { ok: true; value: Value } | Refusal<CallRefusal> | Contended,
): Result<Value, CallRefusal> {
  if (asked.ok) return asked
  return asked.reason === 'contended' ? refuse('busy') : asked
}

/** Ten times what a person who waits would be given. */
const WITHIN_MS = 20_000
const LOCK_WITHIN_MS = 5_000

/**
 * Calls a function of the database with more time than the role gives to what a person waits for. One
 * message, which is one transaction: a process that is stopped in the middle leaves no lock behind.
 * `name` and the arguments' names are our own words; their values may be anybody's.
 */
export async function callPatiently(
  name: string,
  args: Record<string, string | null>,
): Promise<void> {
  const named = Object.entries(args).map(
    ([parameter, value]) => `${parameter} => ${value === null ? 'NULL' : pg.escapeLiteral(value)}`,
  )
  // `pg` reads the time limit from each query; its types know it for connections only.
  const query: pg.QueryConfig & { query_timeout: number } = {
    text: `SELECT set_config('statement_timeout', '${WITHIN_MS}', true), set_config('lock_timeout', '${LOCK_WITHIN_MS}', true);
           SELECT ${name}(${named.join(', ')})`,
    query_timeout: WITHIN_MS + LOCK_WITHIN_MS,
  }
  await pool.query(query)
}
