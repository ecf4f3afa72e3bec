import { beginAnew, type Stop, type Transaction } from '@/lib/db/transaction'
import { refuse } from '@/lib/problems/result'
import {
  judgeSeen,
  listClosedTables,
  listKnownTables,
  listPlannedSlots,
  readTargetDate,
  readWish,
  type Wish,
} from './change.queries'
import {
  judgeChangeable,
  judgePlaces,
  keepStays,
  type PlannedStay,
  planStays,
} from './change.rules'
import type { ReservationChange } from './change.schema'
import type { OffPlanStay } from './off-plan.commands'
import { limitHold, type Place, type PlaceMove, placeOf } from './place.commands'
import { type LockedReservation, listRetired, lockReservations } from './slot-lock.commands'
import { readStayDate } from './stay.queries'
import { judgeStay, type StayRefusal } from './stay.rules'

/** Why a change by staff is refused. */
export type StaffChangeRefusal =
  | StayRefusal
  | 'not-found'
  | 'hold-expired'
  | 'cannot-move'
  | 'after-start'
  | 'changed-meanwhile'
  | 'day-closed'
  | 'past-date'
  | 'closed-day'
  | 'not-open-yet'
  | 'gate-stands'
  | 'no-such-table'
  | 'party-size'
  | 'table-occupied'
  | 'slot-taken'
  | 'cannot-swap'
  | 'swap-with-itself'
  | 'swap-other-date'

type Asked = {
  reservationId: string
  change: ReservationChange
  stop: Stop<StaffChangeRefusal>
}

type Planned = { moves: PlaceMove[]; wish: Wish }

const movesSlots = ({ serviceDate, startsAt, minutes, tableNumbers }: ReservationChange) =>
  [serviceDate, startsAt, minutes, tableNumbers].some((asked) => asked !== undefined)

/** How and where the party would sit now. Stops with `no-such-table` for an unknown, deleted or foreign one. */
async function findStays(
  tx: Transaction,
  { reservationId, change, wish, stop }: Asked & { wish: Wish },
): Promise<{ stays: PlannedStay[]; offPlan: OffPlanStay[] }> {
  const { restaurantId, serviceDate, startsAt, seatings, presentMinutes } = wish
  const tableNumbers = change.tableNumbers ?? wish.tableNumbers
  const tables = await listKnownTables(tx, { restaurantId, tableNumbers })
  const unknown = tableNumbers.filter((asked) => !tables.some(({ number }) => number === asked))
  if (unknown.length > 0) return stop(refuse('no-such-table', { tableNumbers: unknown }))
  const movingIds = [reservationId]
  const tableIds = tables.map(({ id }) => id)
  const slots = await listPlannedSlots(tx, { restaurantId, serviceDate, tableIds, movingIds })
  const { minutes } = change
  const stays = planStays({ slots, tables, startsAt, seatings, minutes, presentMinutes })
  const offPlan = stays.flatMap(({ isOffPlan, ...stay }, at) => {
    const tableId = tables[at]?.id
    return isOffPlan && tableId !== undefined ? [{ ...pickTimes(stay), tableId }] : []
  })
  return { stays, offPlan }
}

const pickTimes = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }) => ({ startsAt, endsAt })

/** The party stays where it is: only its size may change. */
async function findPresentStays(
  tx: Transaction,
  { slotIds, id, restaurantId, serviceDate }: LockedReservation,
): Promise<PlannedStay[]> {
  const movingIds = [id]
  return keepStays(await listPlannedSlots(tx, { restaurantId, serviceDate, slotIds, movingIds }))
}

const slotIdsOf = (stays: PlannedStay[]) =>
  stays.flatMap(({ isOffPlan, slots }) => (isOffPlan ? [] : slots.map(({ id }) => id)))

const placeAt = (
  { stays, offPlan }: { stays: PlannedStay[]; offPlan: OffPlanStay[] },
  { serviceDate }: Wish,
): Place => ({
  slotIds: slotIdsOf(stays).toSorted(),
  serviceDate,
  startsAt: new Date(Math.min(...stays.map(({ startsAt }) => startsAt.getTime()))),
  endsAt: new Date(Math.max(...stays.map(({ endsAt }) => endsAt.getTime()))),
  offPlan,
})

/** The party asks for the tables and the time that it has. */
const isSamePlace = (
  stays: PlannedStay[],
  { startsAt, endsAt }: LockedReservation,
  tableNumbers: number[],
) =>
  stays.length === tableNumbers.length &&
  stays.every(
    (stay) =>
      tableNumbers.includes(stay.tableNumber) &&
      stay.startsAt.getTime() === startsAt.getTime() &&
      stay.endsAt.getTime() === endsAt.getTime(),
  )

/**
 * Whether the party may have a time off the plan. A hold can't: it would not be free at once when it runs
 * out (G5). Stops as `judgeStay` refuses, and with `cannot-move`.
 */
async function judgeOffPlan(
  tx: Transaction,
  {
    reservation,
    wish: { restaurantId, serviceDate },
    change: { override = false },
    offPlan: [stay],
    stop,
  }: Asked & { reservation: LockedReservation; wish: Wish; offPlan: OffPlanStay[] },
): Promise<void> {
  if (!stay) return
  const { status } = reservation
  if (status === 'HELD') return stop(refuse('cannot-move', { present: status }))
  const date = await readStayDate(tx, { restaurantId, serviceDate })
  if (!date) return stop(refuse('no-such-time'))
  const keepsStart = stay.startsAt.getTime() === reservation.startsAt.getTime()
  const judged = judgeStay({ ...date, ...stay, keepsStart, insists: override })
  if (!judged.ok) stop(judged)
}

/** Stops where staff may move nobody: past dates, closed ones, and those behind a gate. */
async function judgeTargetDate(
  tx: Transaction,
  {
    reservation,
    wish: { restaurantId, serviceDate, today },
    change: { override },
    stop,
  }: Asked & { reservation: LockedReservation; wish: Wish },
): Promise<void> {
  if (serviceDate === reservation.serviceDate) return
  if (serviceDate < today) return stop(refuse('past-date', { today }))
  const { isClosed, opensAt, gateUntil } = await readTargetDate(tx, { restaurantId, serviceDate })
  if (gateUntil !== null) return stop(refuse('gate-stands', { gateUntil }))
  if (isClosed && !override) return stop(refuse('closed-day'))
  if (opensAt !== null && !override) return stop(refuse('not-open-yet', { opensAt }))
}

/** Two parties of one date exchange their places. */
async function planSwap(
  tx: Transaction,
  { reservationId, change, stop, swapWith }: Asked & { swapWith: string },
): Promise<Planned> {
  if (swapWith === reservationId) return stop(refuse('swap-with-itself'))
  const parties = await lockReservations(tx, { reservationIds: [reservationId, swapWith] })
  const wish = await readWish(tx, { reservationId, change })
  const own = parties.find(({ id }) => id === reservationId)
  const other = parties.find(({ id }) => id === swapWith)
  if (!own || !wish || !other || own.restaurantId !== other.restaurantId)
    return stop(refuse('not-found'))
  const judged = judgeChangeable({ party: own, by: 'OWNER', today: wish.today })
  if (!judged.ok) return stop(judged)
  const isOtherReady = judgeChangeable({ party: other, by: 'OWNER', today: other.serviceDate }).ok
  if (!isOtherReady) return stop(refuse('cannot-swap', { present: other.status }))
  await judgeSeen(tx, { reservation: own, seen: change.sequence, stop })
  await judgeSeen(tx, { reservation: other, seen: change.swapSequence, stop })
  if (own.serviceDate !== other.serviceDate) return stop(refuse('swap-other-date'))
  const moves: PlaceMove[] = []
  const { restaurantId, serviceDate, now } = own
  const movingIds = [reservationId, swapWith]
  const swapped = [...own.slotIds, ...other.slotIds]
  const retired = await listRetired(tx, swapped)
  if (retired.length > 0) return stop(refuse('no-such-table', { tableNumbers: retired }))
  // Each of the two is new at the other's table.
  const closed = await listClosedTables(tx, swapped)
  if (closed.length > 0) return stop(refuse('slot-taken', { tableNumbers: closed }))
  const slots = await listPlannedSlots(tx, {
    restaurantId,
    serviceDate,
    slotIds: swapped,
    movingIds,
  })
  const tableNumbers = [...new Set(slots.map(({ tableNumber }) => tableNumber))]
  const tables = await listKnownTables(tx, { restaurantId, tableNumbers })
  const occupied = tables.filter(({ isOccupied }) => isOccupied).map(({ number }) => number)
  for (const [reservation, { slotIds, ...there }] of [
    [own, other],
    [other, own],
  ] as const) {
    const { partySize } = reservation
    const taken = slots.filter(({ id }) => slotIds.includes(id))
    const asked = { stays: keepStays(taken, occupied), partySize, now }
    const judgedPlace = judgePlaces({ ...asked, override: change.override })
    if (!judgedPlace.ok) return stop(judgedPlace)
    const isHold = reservation.status === 'HELD'
    // A hold is never off the plan.
    if (isHold && taken.some(({ isOffPlan }) => isOffPlan))
      return stop(refuse('cannot-swap', { present: reservation.status }))
    const place = placeOf({ ...there, slotIds })
    const heldUntil = limitHold({ reservation, startsAt: place.startsAt })
    moves.push({ reservation, place, partySize, heldUntil })
  }
  return { moves, wish }
}

/**
 * Where a change by staff leads: other tables, another time, date, size or length, or the place of
 * another party. What is no seating of the plan is had off it. Locks the tables at which slots come or
 * go, the slots left and taken, and then the reservations, each in id order; what was read before is read
 * once more under the locks.
 *
 * Stops with `not-found`, what `judgeChangeable`, `judgeSeen` and `judgeStay` refuse, `past-date`, `closed-day` and
 * `not-open-yet` (unless staff insist), `gate-stands` with `gateUntil`, `no-such-table`, `table-occupied`
 * and `slot-taken` with their `tableNumbers`, `party-size` with the `seats` (unless staff insist), `cannot-move` for a hold
 * that would be off the plan, and for a swap with `swap-with-itself`, `swap-other-date` and `cannot-swap`
 * with the other party's status.
 */
export async function planStaffChange(tx: Transaction, asked: Asked): Promise<Planned> {
  const { reservationId, change, stop } = asked
  if (change.swapWith !== undefined) return planSwap(tx, { ...asked, swapWith: change.swapWith })
  const expected = await readWish(tx, { reservationId, change })
  if (!expected) return stop(refuse('not-found'))
  const isMoving = movesSlots(change)
  const found = isMoving ? await findStays(tx, { ...asked, wish: expected }) : NOWHERE
  const alsoSlotIds = slotIdsOf(found.stays)
  const [reservation] = await lockReservations(tx, {
    reservationIds: [reservationId],
    alsoSlotIds,
    offPlan: found.offPlan,
  })
  const wish = await readWish(tx, { reservationId, change })
  if (!reservation || !wish) return stop(refuse('not-found'))
  const judged = judgeChangeable({ party: reservation, by: 'OWNER', today: wish.today })
  if (!judged.ok) return stop(judged)
  if (wish.isInPlace && !isMoving) return { moves: [], wish }
  const target = isMoving
    ? await findStays(tx, { ...asked, wish })
    : { stays: await findPresentStays(tx, reservation), offPlan: [] }
  const { partySize } = wish
  const isSame = isMoving && isSamePlace(target.stays, reservation, wish.tableNumbers)
  // Two who wish the same are both content.
  if (isSame && partySize === reservation.partySize) return { moves: [], wish }
  await judgeSeen(tx, { reservation, seen: change.sequence, stop })
  await judgeTargetDate(tx, { ...asked, reservation, wish })
  if (isMoving && !isLocked(target, found)) beginAnew()
  if (!isSame) await judgeOffPlan(tx, { ...asked, reservation, wish, offPlan: target.offPlan })
  const { stays } = target
  const { startsAt, now } = reservation
  const present = { startsAt, tableNumbers: wish.tableNumbers }
  const fits = judgePlaces({ stays, present, partySize, override: change.override, now })
  if (!fits.ok) return stop(fits)
  const place = isMoving && !isSame ? placeAt(target, wish) : placeOf(reservation)
  const heldUntil = limitHold({ reservation, startsAt: place.startsAt })
  return { moves: [{ reservation, place, partySize, heldUntil }], wish }
}

const NOWHERE = { stays: [], offPlan: [] }

/** All that is needed now was found, and locked, before. */
function isLocked(
  target: Awaited<ReturnType<typeof findStays>>,
  found: Awaited<ReturnType<typeof findStays>>,
): boolean {
  const lockedIds = slotIdsOf(found.stays)
  return (
    slotIdsOf(target.stays).every((id) => lockedIds.includes(id)) &&
    target.offPlan.every((stay) =>
      found.offPlan.some(
        ({ tableId, startsAt, endsAt }) =>
          tableId === stay.tableId && startsAt <= stay.startsAt && stay.endsAt <= endsAt,
      ),
    )
  )
}
