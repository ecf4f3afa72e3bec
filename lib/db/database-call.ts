import { type Refusal, type Result, refuse, succeed } from '@/lib/problems/result'
import { isDatabaseCrowded, pool } from './database'
import { classifyDatabaseError } from './database-error'

type Asked = { text: string; values: unknown[] }

/** Nothing was written; asked again a moment later it may go through. */
export type Contended = { ok: false; reason: 'contended' }

/**
 * Asks a database function that is a transaction of its own, in one round trip; the statement names
 * what it gives `answer`. Refuses `busy` (no connection free), `unavailable` (nothing happened) and
 * `not-certain`: the connection went away after the question, so that nobody knows whether the
 * function, whose statement does not look like writing, has committed.
 */
export async function callDatabase<Answer>({
  text,
  values,
}: Asked): Promise<
  { ok: true; value: Answer } | Refusal<'busy' | 'unavailable' | 'not-certain'> | Contended
> {
  if (isDatabaseCrowded()) return refuse('busy')
  const client = await pool.connect().catch(() => null)
  if (!client) return refuse('unavailable')
  let broken: Error | undefined
  try {
    const { rows } = await client.query<{ answer: Answer }>(text, values)
    const [row] = rows
    if (!row) throw new Error(`no row came back: ${text}`)
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
  asked: { ok: true; value: Value } | Refusal | Contended,
): Result<Value> {
  if (asked.ok) return asked
  return asked.reason === 'contended' ? refuse('busy') : asked
}
