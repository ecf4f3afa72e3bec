import { randomBytes } from 'node:crypto'
import { recordAct } from '@/domain/identity/audit.commands'
import type { ActOn, AuditedEvent } from '@/domain/identity/audit.types'
import { publishSigningKey } from '@/domain/identity/auth-key.commands'
import { editRestaurant, lockStaffRole } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import { readingIn } from '@/domain/schedule/plan.queries'
import { chosenBeacon } from '@/lib/beacon/beacon'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import type { Reason } from '@/lib/problems/problem'
import { type Result, refuse } from '@/lib/problems/result'
import { COHORT_SECONDS, ROUND_AFTER_MS } from './cohort.rules'
import { readDraft, readPlanFacts } from './plan.queries'
import { refusePlan } from './plan.rules'
import type { OpeningChange, OpeningDraft, OpeningPlan, PlanRefusal } from './plan.schema'

/** Two announcements for one date collide here if the restaurant's row lock did not stop them. */
export const ONE_PER_DATE = { openings_one_per_date: 'opening-exists' } as const

type AnnounceRefusal = 'not-found' | PlanRefusal
type Planned = { restaurantId: string; plan: OpeningPlan }

/**
 * Announces an opening: its instants, its rate, the hash of a secret that stays hidden until the
 * instant, and the beacon's round. From now on only the rate can change. The service date's own
 * `opens_at` follows, if the date has a schedule. Locks the restaurant's row, then the date
 * (advisory), then the service date's row. Judged by the database's clock.
 *
 * Refuses `not-found`, `past-date`, `past-time` when it opens in less than two minutes,
 * `opening-too-late` after the date has ended, `opening-too-early` when the date can't be booked at
 * that instant, `closed-day`, `opening-exists`.
 */
export async function announceOpening({
  actor,
  ...planned
}: Planned & { actor: StaffActor }): Promise<Result<{ openingId: string }, AnnounceRefusal>> {
  return editRestaurant({
    restaurantId: planned.restaurantId,
    actor,
    constraints: ONE_PER_DATE,
    work: async ({ tx, stop, record }) => {
      const openingId = await writeAnnouncement({ tx, stop, ...planned })
      const on = { subject: 'OPENING', subjectId: openingId } as const
      await record({ act: 'ANNOUNCE', to: 'ANNOUNCED', ...on, details: planned.plan })
      return { openingId }
    },
  })
}

/** Announces the opening of a form, whose time is the restaurant's wall time. */
export async function announceDraft({
  draft,
  actor,
}: {
  draft: OpeningDraft
  actor: StaffActor
}): Promise<Result<{ openingId: string }, AnnounceRefusal>> {
  const meant = await readDraft(draft)
  if (!meant) return refuse('not-found')
  return announceOpening({ restaurantId: draft.restaurantId, plan: meant.plan, actor })
}

/**
 * Writes the opening and returns its id; the caller must have locked the restaurant's row. Refuses
 * like `announceOpening`, but leaves the rights to the caller.
 */
export async function writeAnnouncement({
  tx,
  stop,
  restaurantId,
  plan,
}: Planned & { tx: Transaction; stop: Stop<AnnounceRefusal> }): Promise<string> {
  const { serviceDate, turnsPerSecond } = plan
  await tx.$queryRaw`SELECT lock_opening_date(${restaurantId}::uuid, ${serviceDate}::date)::text`
  const facts = await readPlanFacts({ restaurantId, ...plan, read: readingIn(tx) })
  if (!facts) return stop(refuse('not-found'))
  const refusal = refusePlan({ serviceDate, facts })
  if (refusal) return stop(refuse(refusal))
  const opensAt = new Date(plan.opensAt)
  const openingId = await insertOpening({ tx, restaurantId, plan, opensAt })
  await tx.$executeRaw`
    INSERT INTO opening_rates (opening_id, from_at, turns_per_second)
    VALUES (${openingId}::uuid, ${opensAt}, ${turnsPerSecond})`
  await tx.$executeRaw`
    UPDATE service_dates SET opens_at = ${opensAt}
     WHERE restaurant_id = ${restaurantId}::uuid AND service_date = ${serviceDate}::date`
  return openingId
}

async function insertOpening({
  tx,
  restaurantId,
  plan,
  opensAt,
}: Planned & { tx: Transaction; opensAt: Date }): Promise<string> {
  const beacon = chosenBeacon()
  const secret = randomBytes(32)
  const cohortSeconds = plan.orderBy === 'DRAW' ? COHORT_SECONDS : null
  // Unknown while somebody may still enter the lobby.
  const round = beacon?.roundAfter(new Date(opensAt.getTime() + ROUND_AFTER_MS)) ?? null
  const entryKey = await publishSigningKey(tx)
  const [made] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO openings (restaurant_id, service_date, lobby_opens_at, opens_at, gate_until, order_by,
                          secret, commitment, entry_key, beacon, beacon_round, cohort_seconds)
    SELECT ${restaurantId}::uuid, ${plan.serviceDate}::date, lobby_opens_at, opens_at, gate_until, ${plan.orderBy},
           ${secret}, commit_to(${secret}, opens_at, gate_until, ${cohortSeconds}::smallint), ${entryKey},
           ${beacon?.name ?? null}, ${round}::bigint, ${cohortSeconds}::smallint
      FROM (SELECT ${opensAt}::timestamptz AS opens_at,
                   ${opensAt}::timestamptz - make_interval(mins => ${plan.lobbyMinutes}::int) AS lobby_opens_at,
                   ${opensAt}::timestamptz + make_interval(mins => ${plan.gateMinutes}::int) AS gate_until) AS instants
    RETURNING id`
  if (!made) throw new Error('an opening was inserted without an id')
  return made.id
}

type Locked = { restaurantId: string; isBegun: boolean; isOver: boolean; turnsPerSecond: number }

/**
 * Makes one change to an announced opening by the restaurant's own staff; others get `not-found`.
 * Locks the actor's role, waits for entries under way, then locks the opening's row.
 */
async function editOpening<R extends Reason>({
  openingId,
  actor,
  work,
}: {
  openingId: string
  actor: StaffActor
  work: (editing: {
    tx: Transaction
    stop: Stop<R>
    opening: Locked
    record: (act: ActOn<'OPENING'>) => Promise<AuditedEvent>
  }) => Promise<unknown>
}): Promise<Result<null, R | 'not-found'>> {
  return runTransaction(async (tx, stop) => {
    const named = await tx.opening.findUnique({
      where: { id: openingId },
      select: { restaurantId: true },
    })
    const role = named && (await lockStaffRole(tx, { ...actor, ...named }))
    if (!role || role === 'STAFF') return stop(refuse('not-found'))
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${openingId}, 5))::text`
    const [opening] = await tx.$queryRaw<Locked[]>`
      SELECT o.restaurant_id AS "restaurantId", o.opens_at <= clock_timestamp() AS "isBegun",
             o.gate_until <= clock_timestamp() OR o.cancelled_at IS NOT NULL AS "isOver",
             (SELECT p.turns_per_second FROM opening_rates p
               WHERE p.opening_id = o.id ORDER BY p.from_at DESC LIMIT 1) AS "turnsPerSecond"
        FROM openings o JOIN restaurants r ON r.id = o.restaurant_id AND r.deleted_at IS NULL
       WHERE o.id = ${openingId}::uuid FOR UPDATE OF o`
    if (!opening) return stop(refuse('not-found'))
    const { restaurantId } = opening
    const on = { subject: 'OPENING', subjectId: openingId, restaurantId } as const
    const by = { ...actor, role }
    const record = (act: ActOn<'OPENING'>) => recordAct(tx, { ...act, ...on, actor: by })
    await work({ tx, stop, opening, record })
    return null
  })
}

/**
 * Changes how many turns begin per second, from this moment on, and records it: turns that have
 * come stay, later ones move. Refuses `not-found`, `opening-announced` when the request names
 * anything besides the rate, or no rate, `changed-meanwhile` (with the present `turnsPerSecond`)
 * when the rate is no longer `shown`, `opening-over`. Locks: see `editOpening`.
 */
export async function changeRate({
  openingId,
  change,
  actor,
}: {
  openingId: string
  change: OpeningChange
  actor: StaffActor
}): Promise<
  Result<null, 'not-found' | 'opening-announced' | 'changed-meanwhile' | 'opening-over'>
> {
  const { turnsPerSecond, shown, ...fixed } = change
  return editOpening({
    openingId,
    actor,
    work: async ({ tx, stop, opening, record }) => {
      const isFixedAsked = Object.values(fixed).some((value) => value !== undefined)
      if (isFixedAsked || turnsPerSecond === undefined) return stop(refuse('opening-announced'))
      if (opening.isOver) return stop(refuse('opening-over'))
      const { turnsPerSecond: present } = opening
      if (shown !== undefined && shown !== present)
        return stop(refuse('changed-meanwhile', { turnsPerSecond: present }))
      // Never earlier than the opening itself; until then the new rate just replaces the first one.
      await tx.$executeRaw`
        INSERT INTO opening_rates (opening_id, from_at, turns_per_second)
        SELECT id, greatest(opens_at, clock_timestamp()), ${turnsPerSecond} FROM openings WHERE id = ${openingId}::uuid
        ON CONFLICT (opening_id, from_at) DO UPDATE SET turns_per_second = excluded.turns_per_second`
      return record({
        act: 'CHANGE_RATE',
        to: 'ANNOUNCED',
        details: { turnsPerSecond, before: present },
      })
    },
  })
}

/**
 * Cancels an announced opening, with a reason for the diners who wait. The date still opens at the
 * announced instant, without an order, unless another opening is planned for it, so that no diner
 * can book earlier than announced. Refuses `not-found`, and `opening-begun` from the instant on,
 * because diners then hold turns they were promised. Locks: see `editOpening`.
 */
export async function cancelOpening({
  openingId,
  reason,
  actor,
}: {
  openingId: string
  reason: string
  actor: StaffActor
}): Promise<Result<null, 'not-found' | 'opening-begun' | 'opening-over'>> {
  return editOpening({
    openingId,
    actor,
    work: async ({ tx, stop, opening, record }) => {
      if (opening.isBegun) return stop(refuse('opening-begun'))
      // Truncated, not rounded: a cancellation a thousandth before the instant must not land on it.
      const cancelled = await tx.$executeRaw`
        UPDATE openings SET cancelled_at = date_trunc('milliseconds', clock_timestamp()), cancelled_for = ${reason}
         WHERE id = ${openingId}::uuid AND cancelled_at IS NULL AND opens_at > clock_timestamp()`
      if (cancelled === 0) return stop(refuse('opening-over'))
      return record({ act: 'CANCEL', to: 'CANCELLED', details: { reason } })
    },
  })
}
