import { recordAct } from '@/domain/identity/audit.commands'
import { rehearse } from '@/domain/opening/rehearsal.rules'
import type { RehearsalRates, Rehearsed } from '@/domain/opening/rehearsal.schema'
import { lockStaffRole } from '@/domain/restaurant/commands'
import { readStaffRole } from '@/domain/restaurant/queries'
import type { StaffActor } from '@/domain/restaurant/types'
import { pool } from '@/lib/db/database'
import { runTransaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { measureRates } from './probe.commands'
import { type RehearsalFacts, readRehearsalFacts, settleRehearsal } from './rehearsal.queries'

/** Of one restaurant in an hour. */
const MOST_AN_HOUR = 12

type Refused =
  | 'not-found'
  | 'rehearsal-running'
  | 'rehearsal-late'
  | 'opening-near'
  | 'no-schedule'
  | 'rate-limited'

/**
 * Rehearses an opening: measures what the deployment takes, runs a crowd like the replay's through
 * the opening's settings, and keeps the outcome. By those who may announce openings.
 *
 * One at a time in the whole deployment: an advisory lock of a transaction that writes nothing is
 * held meanwhile, so that a process that is killed leaves it to the next at once. While it is held
 * nothing else is locked but, at the end, the actor's role for the writing of the outcome.
 *
 * Refuses `not-found` to everybody else, `rehearsal-late` (it has begun or is cancelled),
 * `opening-near` with `at` and `until` (an opening, of any restaurant, is less than an hour away
 * or has not been over for long), `no-schedule` (no free seats), `rehearsal-running`, and
 * `rate-limited` with `retryAfterMs`.
 */
export async function rehearseOpening({
  openingId,
  people,
  actor,
  measure = measureRates,
}: {
  openingId: string
  people: number
  actor: StaffActor
  /** What the deployment takes; tests look at what happens meanwhile. */
  measure?: (of: { openingId: string }) => Promise<RehearsalRates>
}): Promise<Result<null, Refused>> {
  const known = await readRehearsalFacts(openingId)
  const { accountId } = actor
  const role = known && (await readStaffRole({ accountId, restaurantId: known.restaurantId }))
  if (!role || role === 'STAFF') return refuse('not-found')
  return holdingRehearsal(async () => {
    // Read after the lock: of two at once the second counts the first.
    const facts = await readRehearsalFacts(openingId)
    if (!facts) return refuse('not-found')
    const refusal = refuseRehearsal(facts)
    if (refusal) return refusal
    const rates = await measure({ openingId })
    const outcome = rehearse({ settings: settleRehearsal({ facts, people }), rates })
    return keepRehearsal({ openingId, restaurantId: facts.restaurantId, outcome, actor })
  })
}

function refuseRehearsal(facts: RehearsalFacts) {
  const { isAhead, nearOpensAt: at, nearUntil: until, times, recent } = facts
  if (!isAhead) return refuse('rehearsal-late')
  if (at !== null) return refuse('opening-near', { at, until })
  if (times === null) return refuse('no-schedule')
  return recent >= MOST_AN_HOUR ? refuse('rate-limited', { retryAfterMs: 10 * 60_000 }) : null
}

/** Runs work while no other rehearsal of the deployment can begin, or refuses `rehearsal-running`. */
async function holdingRehearsal<T, R extends Refused>(
  work: () => Promise<Result<T, R>>,
): Promise<Result<T, R | 'rehearsal-running'>> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const { rows } = await client.query<{ isFree: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('rehearsal', 9)) AS "isFree"`,
    )
    return rows[0]?.isFree ? await work() : refuse('rehearsal-running')
  } finally {
    await client.query('ROLLBACK').catch((error: unknown) => {
      broken = error instanceof Error ? error : new Error(String(error))
    })
    client.release(broken)
  }
}

function keepRehearsal({
  openingId,
  restaurantId,
  outcome,
  actor,
}: {
  openingId: string
  restaurantId: string
  outcome: Rehearsed
  actor: StaffActor
}): Promise<Result<null, 'not-found' | 'rehearsal-late'>> {
  return runTransaction<null, 'not-found' | 'rehearsal-late'>(async (tx, stop) => {
    const role = await lockStaffRole(tx, { ...actor, restaurantId })
    if (!role || role === 'STAFF') return stop(refuse('not-found'))
    // Cancelled, or begun, while it was rehearsed.
    const kept = await tx.$executeRaw`
      INSERT INTO opening_rehearsals (opening_id, outcome)
      SELECT id, ${JSON.stringify(outcome)}::jsonb FROM openings
       WHERE id = ${openingId}::uuid AND cancelled_at IS NULL AND opens_at > now()`
    if (kept === 0) return stop(refuse('rehearsal-late'))
    await recordAct(tx, {
      subject: 'OPENING',
      subjectId: openingId,
      restaurantId,
      act: 'REHEARSE',
      to: 'REHEARSED',
      details: { people: outcome.settings.people },
      actor: { ...actor, role },
    })
    return null
  })
}
