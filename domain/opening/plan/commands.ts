import { randomBytes } from 'node:crypto'
import { chosenBeacon } from '@/lib/beacon'
import { databaseErrorCode } from '@/lib/database-error'
import { prisma } from '@/lib/db'
import { type Result, refuse, succeed } from '@/lib/result'
import { readStaffRole } from '../../restaurant/queries'
import type { OpeningPlan } from '../types'

/** After the instant, so that nobody knows the beacon's value while the lobby is open. */
const BEACON_DELAY_MS = 3_000
/** Nobody could have been told of an opening that is nearer than this. */
const LEAST_NOTICE_MINUTES = 2

type Actor = { accountId: string; address: string | null }

/**
 * Announces an opening: its instants, its rate, the hash of a secret that nobody sees before the
 * instant, and the beacon's round. From now on only the rate changes. The service date's own
 * `opens_at` follows, where it has a schedule. Locks the service date's row. Refuses `not-found`,
 * `opening-exists`, and `past-time` when it opens in less than two minutes, by the database's clock.
 */
export async function announceOpening({
  restaurantId,
  plan,
  actor,
}: {
  restaurantId: string
  plan: OpeningPlan
  actor: Actor
}): Promise<Result<{ openingId: string }>> {
  const role = await readStaffRole({ accountId: actor.accountId, restaurantId })
  if (role !== 'OWNER' && role !== 'ADMIN') return refuse('not-found')
  const opensAt = new Date(plan.opensAt)
  const beacon = chosenBeacon()
  const secret = randomBytes(32)
  try {
    return await prisma.$transaction(async (tx) => {
      const [made] = await tx.$queryRaw<{ id: string }[]>`
        INSERT INTO openings (restaurant_id, service_date, lobby_opens_at, opens_at, gate_until, order_by,
                              secret, commitment, beacon, beacon_round)
        SELECT ${restaurantId}::uuid, ${plan.serviceDate}::date,
               ${opensAt}::timestamptz - make_interval(mins => ${plan.lobbyMinutes}::int), ${opensAt},
               ${opensAt}::timestamptz + make_interval(mins => ${plan.gateMinutes}::int), ${plan.orderBy},
               ${secret}, encode(sha256(${secret}), 'hex'), ${beacon?.name ?? null},
               ${beacon?.roundAfter(new Date(opensAt.getTime() + BEACON_DELAY_MS)) ?? null}::bigint
         WHERE ${opensAt}::timestamptz > now() + make_interval(mins => ${LEAST_NOTICE_MINUTES}::int)
        RETURNING id`
      if (!made) return refuse('past-time')
      await tx.$executeRaw`
        INSERT INTO opening_rates (opening_id, from_at, turns_per_second)
        VALUES (${made.id}::uuid, ${opensAt}, ${plan.turnsPerSecond})`
      await tx.$executeRaw`
        UPDATE service_dates SET opens_at = ${opensAt}
         WHERE restaurant_id = ${restaurantId}::uuid AND service_date = ${plan.serviceDate}::date`
      await tx.$executeRaw`
        INSERT INTO audit_events (actor_id, actor_role, address, restaurant_id, subject, subject_id, act, to_status, details)
        VALUES (${actor.accountId}::uuid, ${role}, ${actor.address}, ${restaurantId}::uuid, 'OPENING', ${made.id}::uuid,
                'ANNOUNCE', 'ANNOUNCED', ${JSON.stringify(plan)}::jsonb)`
      return succeed({ openingId: made.id })
    })
  } catch (error) {
    if (databaseErrorCode(error) === '23505') return refuse('opening-exists')
    throw error
  }
}

/**
 * Changes how many turns a second begin, from this moment on, and records it: turns that have come
 * stay, later ones move. Refuses `not-found` and `opening-over`. Locks the opening's row.
 */
export async function changeRate({
  openingId,
  turnsPerSecond,
  actor,
}: {
  openingId: string
  turnsPerSecond: number
  actor: Actor
}): Promise<Result<null>> {
  const found = await prisma.opening.findUnique({
    where: { id: openingId },
    select: { restaurantId: true },
  })
  const role = found && (await readStaffRole({ ...actor, restaurantId: found.restaurantId }))
  if (!found || (role !== 'OWNER' && role !== 'ADMIN')) return refuse('not-found')
  return prisma.$transaction(async (tx) => {
    const [opening] = await tx.$queryRaw<{ isOver: boolean }[]>`
      SELECT gate_until <= now() OR cancelled_at IS NOT NULL AS "isOver" FROM openings
       WHERE id = ${openingId}::uuid FOR UPDATE`
    if (!opening || opening.isOver) return refuse('opening-over')
    // Never before the opening itself: until then the first rate is simply another one.
    await tx.$executeRaw`
      INSERT INTO opening_rates (opening_id, from_at, turns_per_second)
      SELECT id, greatest(opens_at, clock_timestamp()), ${turnsPerSecond} FROM openings WHERE id = ${openingId}::uuid
      ON CONFLICT (opening_id, from_at) DO UPDATE SET turns_per_second = excluded.turns_per_second`
    await tx.$executeRaw`
      INSERT INTO audit_events (actor_id, actor_role, address, restaurant_id, subject, subject_id, act, to_status, details)
      VALUES (${actor.accountId}::uuid, ${role}, ${actor.address}, ${found.restaurantId}::uuid, 'OPENING', ${openingId}::uuid,
              'CHANGE_RATE', 'ANNOUNCED', ${JSON.stringify({ turnsPerSecond })}::jsonb)`
    return succeed(null)
  })
}
