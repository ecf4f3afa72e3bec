import { listHeldByOthers } from '@/domain/availability/soft-hold.queries'
import { beginAnew, type Stop, type Transaction } from '@/lib/db/transaction'
import { env } from '@/lib/env'
import { type RefusalDetails, type Result, refuse, succeed } from '@/lib/problems/result'
import { tryLockDiner } from './actor.commands'
import { admitBooking, refuseByGate, refuseBySnapshot } from './admission.commands'
import { judgeSeen, readWish, type Wish } from './change.queries'
import { judgeChangeable } from './change.rules'
import type { OwnChange } from './change.schema'
import type { PlacementRefusal } from './commands'
import { limitHold, type Place, type PlaceMove, placeOf } from './place.commands'
import { type LockedReservation, lockReservation } from './slot-lock.commands'

/** A change is no new booking: no-shows don't stand in its way. */
type PlaceRefusal = Exclude<PlacementRefusal, 'no-shows'>

/** Why a diner's change is refused beside what any booking is. */
export type OwnChangeRefusal =
  | PlaceRefusal
  | 'rate-limited'
  | 'hold-expired'
  | 'cannot-move'
  | 'after-start'
  | 'changed-meanwhile'
  | 'day-closed'
  | 'invalid'

type Told = ({ reason: PlaceRefusal | 'contended' } & RefusalDetails) | null

/**
 * What a booking is refused for before it reaches Postgres: the gate, the sold-out hint, the limits. A
 * change of words alone asks for no place, and one of the size has its own, whatever is sold out.
 */
export async function admitChange({
  askerId,
  wish: { restaurantId, serviceDate, startsAt, partySize, keepsTime, isInPlace },
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
  const known = keepsTime ? succeed(null) : refuseBySnapshot(asking)
  if (!known.ok) return known
  const admitted = await admitBooking(asking)
  return !admitted.ok && admitted.reason === 'sold-out' && keepsTime ? succeed(null) : admitted
}

/** Stops with what a database function refuses; where others hold locks at this instant, begins anew. */
function obey(told: Told, stop: Stop<PlaceRefusal>): void {
  if (!told) return
  const { reason, ...details } = told
  if (reason === 'contended') beginAnew()
  stop(refuse(reason, details))
}

/** Who has a reservation knows the restaurant: one that was taken off the pages takes no bookings. */
const ofKnownRestaurant = (told: Told): Told =>
  told?.reason === 'not-found' ? { reason: 'bookings-off' } : told

type Finding = {
  reservation: LockedReservation
  /** Null: a guest without an account. */
  dinerId: string | null
  wish: Wish
  stop: Stop<PlaceRefusal>
}

/** The slot that a booking of this diner would get, their own counting as free; locks it. */
async function choosePlace(
  tx: Transaction,
  {
    reservation: { id },
    dinerId,
    wish: { restaurantId, serviceDate, startsAt, partySize },
    stop,
  }: Finding,
): Promise<Place> {
  const avoid = listHeldByOthers({ dinerId: dinerId ?? id, restaurantId, serviceDate })
  const [found] = await tx.$queryRaw<{ refusal: Told; slot: string | null; endsAt: Date | null }[]>`
    SELECT refusal, slot, ends_at AS "endsAt" FROM choose_slot(
      p_diner => ${dinerId}::uuid, p_restaurant => ${restaurantId}::uuid, p_service_date => ${serviceDate}::date,
      p_starts_at => ${startsAt}::timestamptz, p_party_size => ${partySize}::int, p_avoid => ${avoid}::uuid[],
      p_moving => ${id}::uuid)`
  obey(found?.refusal ?? null, stop)
  if (!found?.slot || !found.endsAt) throw new Error('a slot was neither found nor refused')
  return { slotIds: [found.slot], serviceDate, startsAt, endsAt: found.endsAt }
}

/**
 * Where a party is that changes its size alone: it keeps every table and seating that staff gave it.
 * Null: these tables don't seat so many, or so few.
 */
async function keepPlace(
  tx: Transaction,
  { reservation, wish: { keepsTime, partySize } }: Finding,
): Promise<Place | null> {
  if (!keepsTime) return null
  const [own] = await tx.$queryRaw<{ seats: boolean }[]>`
    SELECT coalesce(sum(most) >= ${partySize}::int AND max(least) <= ${partySize}::int AND bool_and(there), false) AS seats
      FROM (SELECT min(s.max_party) AS most, max(s.min_party) AS least,
                   bool_and((NOT s.blocked OR s.closed) AND s.deleted_at IS NULL) AS there
              FROM slots s WHERE s.id = ANY(${reservation.slotIds}::uuid[]) GROUP BY s.table_id) tables`
  return own?.seats ? placeOf(reservation) : null
}

/** The place of the party after its change; a booking's every check decides. */
async function findPlace(
  tx: Transaction,
  { turnOf, ...asked }: Finding & { turnOf: string | null },
): Promise<Place> {
  const { reservation, dinerId, wish, stop } = asked
  const { restaurantId, serviceDate, startsAt } = wish
  const [judged] = await tx.$queryRaw<{ refusal: Told }[]>`
    SELECT refusal FROM judge_booking(
      p_diner => ${dinerId}::uuid, p_restaurant => ${restaurantId}::uuid, p_service_date => ${serviceDate}::date,
      p_starts_at => ${startsAt}::timestamptz, p_turn => ${turnOf}::uuid, p_is_change => true)`
  obey(ofKnownRestaurant(judged?.refusal ?? null), stop)
  const place = (await keepPlace(tx, asked)) ?? (await choosePlace(tx, asked))
  const [hoarding] = await tx.$queryRaw<{ refusal: Told }[]>`
    SELECT judge_hoarding(
      p_diner => ${dinerId}::uuid, p_restaurant => ${restaurantId}::uuid, p_service_date => ${serviceDate}::date,
      p_starts_at => ${startsAt}::timestamptz, p_ends_at => ${place.endsAt}::timestamptz,
      p_most => ${env.DINER_RESERVATIONS_MAX ?? null}::int, p_except => ${reservation.id}::uuid) AS refusal`
  obey(hoarding?.refusal ?? null, stop)
  return place
}

/**
 * Where a party's own change leads, under the booking's checks. Tries the diner's lock, then locks the
 * present slots in id order, the reservation, and the slot found, skipping locked ones. Stops with every
 * reason of a booking, and of `judgeChangeable` and `judgeSeen`; the limit of reservations counts the others.
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
  await judgeSeen(tx, { reservation, seen: change.sequence, stop })
  // A guest's reservation beside the account's own would be a second one by one turn.
  const turn = reservation.dinerId === dinerId ? turnOf : null
  const place = await findPlace(tx, { reservation, dinerId, wish, turnOf: turn, stop })
  const heldUntil = limitHold({ reservation, startsAt: place.startsAt })
  return { moves: [{ reservation, place, partySize: wish.partySize, heldUntil }], wish }
}
