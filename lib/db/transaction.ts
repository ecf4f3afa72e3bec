import pg from 'pg'
import type { Reason } from '@/lib/problems/problem'
import { type Refusal, type Result, refuse, succeed } from '@/lib/problems/result'
import type { Prisma } from '@/prisma/generated/client'
import type { ConstraintName } from './constraint'
import { loadPrisma, pool } from './database'
import { classifyDatabaseError, violatedConstraint } from './database-error'
import { START_WITHIN_MS } from './patience'

export type Transaction = Prisma.TransactionClient
/** Rolls the transaction back and becomes its answer. */
export type Stop<R extends Reason = Reason> = (refusal: Refusal<R>) => never

/** Another transaction has just written what this one was about to write. */
const BEGIN_ANEW = 'begin-anew'
/**
 * What a violated constraint means to the person who asks. A constraint the command does not name
 * is a bug, and is rethrown.
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

const afterwards = new WeakMap<Transaction, (() => void)[]>()

/** Runs work, which must not fail, once the transaction has committed; never if it has not. */
export function afterCommit(tx: Transaction, work: () => void): void {
  const waiting = afterwards.get(tx)
  if (waiting) waiting.push(work)
  else work()
}

class Overtaken extends Error {}

/** Rolls everything back; a transaction with `tries` left starts over. */
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

/** Maps a constraint violation to its refusal. Rethrows everything else. */
export function refuseViolation<Meaning extends Reason>(
  error: unknown,
  constraints: Constraints<Meaning>,
): Refusal<Meaning> {
  const meaning = meaningOf(error, constraints)
  if (meaning === undefined) throw error
  return refuse(meaning)
}

/**
 * One transaction in which a refusal rolls back everything written before it and is returned as a
 * value. `constraints` maps each constraint to its refusal. With `tries`, a transaction that was
 * overtaken or lost a race (deadlock, lock timeout) starts over after a jittered pause, and refuses
 * `busy` after the last try, or when a lock was waited for in vain. Everything else is rethrown.
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
  const prisma = await loadPrisma()
  const sinceMs = performance.now()
  for (let tried = 1; tried <= tries; tried++) {
    try {
      const waiting: (() => void)[] = []
      const value = await prisma.$transaction((tx) => {
        afterwards.set(tx, waiting)
        return work(tx, (refusal) => {
          throw new Refused(refusal)
        })
      })
      for (const run of waiting) run()
      return succeed(value)
    } catch (error) {
      if (error instanceof Refused) return error.refusal
      const meaning = meaningOf(error, constraints)
      if (typeof meaning === 'object') return meaning
      if (meaning !== undefined && meaning !== BEGIN_ANEW) return refuse(meaning)
      const isOvertaken = error instanceof Overtaken || meaning === BEGIN_ANEW
      if (tries === 1 || !(isOvertaken || classifyDatabaseError(error) === 'lost-race')) throw error
      if (performance.now() - sinceMs > START_WITHIN_MS) break
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** tried))
  }
  return refuse('busy')
}

/** Ten times the limit for statements that a person waits for. */
const WITHIN_MS = 20_000
const LOCK_WITHIN_MS = 5_000

/**
 * Calls a database function with a longer limit than the role allows for statements that a person
 * waits for. It is one message and thus one transaction, so a process that stops midway leaves no
 * lock behind. `name` and the argument names are our own; the values may be user input.
 */
export async function callPatiently(
  name: string,
  args: Record<string, string | null>,
): Promise<void> {
  const named = Object.entries(args).map(
    ([parameter, value]) => `${parameter} => ${value === null ? 'NULL' : pg.escapeLiteral(value)}`,
  )
  // `pg` reads the timeout from each query, but its types declare it on connections only.
  const query: pg.QueryConfig & { query_timeout: number } = {
    text: `SELECT set_config('statement_timeout', '${WITHIN_MS}', true), set_config('lock_timeout', '${LOCK_WITHIN_MS}', true);
           SELECT ${name}(${named.join(', ')})`,
    query_timeout: WITHIN_MS + LOCK_WITHIN_MS,
  }
  await pool.query(query)
}
