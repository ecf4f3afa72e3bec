import { listHeldByOthers } from '@/domain/availability/soft-hold.queries'
import { beginAnew, type Stop, type Transaction } from '@/lib/db/transaction'
import { env } from '@/lib/env'
import { type RefusalDetails, type Result, refuse, succeed } from '@/lib/problems/result'
import { tryLockDiner } from './actor.commands'
import { admitBooking, refuseByGate, refuseBySnapshot } from './admission.commands'
import { readWish, type Wish } from './change.queries'
import { judgeChangeable } from './change.rules'
import type { OwnChange } from './change.schema'
import type { PlacementRefusal } from './commands'
import { limitHold, type PlaceMove } from './place.commands'
import { lockReservation } from './slot-lock.commands'

/** Why a diner's change is refused beside what any booking is. */
export type OwnChangeRefusal =
  | PlacementRefusal
  | 'rate-limited'
  | 'hold-expired'
  | 'cannot-move'
  | 'after-start'
  | 'day-closed'
  | 'invalid'

type Told = ({ reason: PlacementRefusal | 'contended' } & RefusalDetails) | null

/**
 * What a booking is refused for before it reaches Postgres: the gate, the sold-out hint, the limits. A
 * change of words alone asks for no place.
 */
export async function admitChange({
  askerId,
  wish: { restaurantId, serviceDate, startsAt, partySize, isInPlace },
  turnOf,
  address,
}: {
  /** The account, or without one the reservation: the limits are of either. */
  askerId: string
  wish: Wish
  turnOf: string | null
  address: string | null
}): Promise<Result<null, 'no-turn' | 'not-open-yet' | 'sold-out' | 'rate-limited'>> {
  if (isInPlace) return succeed(null)
  const request = { restaurantId, serviceDate, startsAt: startsAt.toISOString(), partySize }
  const asking = { dinerId: askerId, request, address }
  const gate = refuseByGate({ ...asking, turnOf })
  if (!gate.ok) return gate
  const known = refuseBySnapshot(asking)
  return known.ok ? admitBooking(asking) : known
}

/** Stops with what a database function refuses; where others hold locks at this instant, begins anew. */
function obey(told: Told, stop: Stop<PlacementRefusal>): void {
  if (!told) return
  const { reason, ...details } = told
  if (reason === 'contended') beginAnew()
  stop(refuse(reason, details))
}

/** The slot that a booking of this diner would get, their own counting as free; locks it. */
async function findPlace(
  tx: Transaction,
  {
    reservationId,
    dinerId,
    wish: { restaurantId, serviceDate, startsAt, partySize },
    turnOf,
    stop,
  }: {
    reservationId: string
    /** Null: a guest without an account. */
    dinerId: string | null
    wish: Wish
    turnOf: string | null
    stop: Stop<PlacementRefusal>
  },
) {
  const [judged] = await tx.$queryRaw<{ refusal: Told }[]>`
    SELECT refusal FROM judge_booking(
      p_diner => ${dinerId}::uuid, p_restaurant => ${restaurantId}::uuid, p_service_date => ${serviceDate}::date,
      p_starts_at => ${startsAt}::timestamptz, p_turn => ${turnOf}::uuid)`
  obey(judged?.refusal ?? null, stop)
  const avoid = listHeldByOthers({
    dinerId: dinerId ?? reservationId,
    restaurantId,
    serviceDate,
  })
  const [found] = await tx.$queryRaw<{ refusal: Told; slot: string | null; endsAt: Date | null }[]>`
    SELECT refusal, slot, ends_at AS "endsAt" FROM choose_slot(
      p_diner => ${dinerId}::uuid, p_restaurant => ${restaurantId}::uuid, p_service_date => ${serviceDate}::date,
      p_starts_at => ${startsAt}::timestamptz, p_party_size => ${partySize}::int, p_avoid => ${avoid}::uuid[],
      p_moving => ${reservationId}::uuid)`
  obey(found?.refusal ?? null, stop)
  if (!found?.slot || !found.endsAt) throw new Error('a slot was neither found nor refused')
  const { slot, endsAt } = found
  const [hoarding] = await tx.$queryRaw<{ refusal: Told }[]>`
    SELECT judge_hoarding(
      p_diner => ${dinerId}::uuid, p_restaurant => ${restaurantId}::uuid, p_service_date => ${serviceDate}::date,
      p_starts_at => ${startsAt}::timestamptz, p_ends_at => ${endsAt}::timestamptz,
      p_most => ${env.DINER_RESERVATIONS_MAX ?? null}::int, p_except => ${reservationId}::uuid) AS refusal`
  obey(hoarding?.refusal ?? null, stop)
  return { slotIds: [slot], serviceDate, startsAt, endsAt }
}

/**
 * Where a party's own change leads, under the booking's checks. Tries the diner's lock, then locks the
 * present slots in id order, the reservation, and the slot found, skipping locked ones. Stops with every
 * reason of a booking, and of `judgeChangeable`; the limit of reservations counts the others.
 */
export async function planOwnChange(
  tx: Transaction,
  {
    reservationId,
    change,
    dinerId,
    turnOf,
    stop,
  }: {
    reservationId: string
    change: OwnChange
    /** Null: a guest without an account. */
    dinerId: string | null
    turnOf: string | null
    stop: Stop<OwnChangeRefusal>
  },
): Promise<{ moves: PlaceMove[]; wish: Wish }> {
  if (dinerId !== null && !(await tryLockDiner(tx, dinerId))) return stop(refuse('in-progress'))
  const reservation = await lockReservation(tx, reservationId)
  const wish = await readWish(tx, { reservationId, change })
  if (!reservation || !wish) return stop(refuse('not-found'))
  const judged = judgeChangeable({ party: reservation, by: 'DINER', today: wish.today })
  if (!judged.ok) return stop(judged)
  if (wish.isInPlace) return { moves: [], wish }
  const place = await findPlace(tx, { reservationId, dinerId, wish, turnOf, stop })
  const heldUntil = limitHold({ reservation, startsAt: place.startsAt })
  return { moves: [{ reservation, place, partySize: wish.partySize, heldUntil }], wish }
}
