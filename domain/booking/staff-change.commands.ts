import { beginAnew, type Stop, type Transaction } from '@/lib/db/transaction'
import { refuse, succeed } from '@/lib/problems/result'
import {
  listKnownTables,
  listPlannedSlots,
  readTargetDate,
  readWish,
  type Wish,
} from './change.queries'
import { judgeChangeable, judgePlaces, type PlannedSlot, pickSlots } from './change.rules'
import type { ReservationChange } from './change.schema'
import { limitHold, type Place, type PlaceMove, placeOf } from './place.commands'
import { type LockedReservation, lockReservations } from './slot-lock.commands'

/** Why a change by staff is refused. */
export type StaffChangeRefusal =
  | 'not-found'
  | 'hold-expired'
  | 'cannot-move'
  | 'after-start'
  | 'day-closed'
  | 'past-date'
  | 'past-time'
  | 'closed-day'
  | 'not-open-yet'
  | 'gate-stands'
  | 'no-such-table'
  | 'no-such-time'
  | 'party-size'
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

/** The slots at which the party would sit now. */
async function findSlots(
  tx: Transaction,
  { reservationId, change, wish }: Omit<Asked, 'stop'> & { wish: Wish },
) {
  const { restaurantId, serviceDate, startsAt, seatings } = wish
  const tableNumbers = change.tableNumbers ?? wish.tableNumbers
  const slots = await listPlannedSlots(tx, {
    restaurantId,
    serviceDate,
    tableNumbers,
    movingIds: [reservationId],
  })
  const asked = { slots, tableNumbers, startsAt, seatings, minutes: change.minutes }
  return pickSlots(asked)
}

/** The party stays where it is: only its size may change. */
async function findPresentSlots(
  tx: Transaction,
  { slotIds, id, restaurantId, serviceDate }: LockedReservation,
  { tableNumbers }: Wish,
): Promise<PlannedSlot[]> {
  const movingIds = [id]
  const slots = await listPlannedSlots(tx, { restaurantId, serviceDate, tableNumbers, movingIds })
  return slots.filter((slot) => slotIds.includes(slot.id))
}

const placeAt = (slots: PlannedSlot[], { serviceDate }: { serviceDate: string }): Place => ({
  slotIds: slots.map(({ id }) => id).toSorted(),
  serviceDate,
  startsAt: new Date(Math.min(...slots.map(({ startsAt }) => startsAt.getTime()))),
  endsAt: new Date(Math.max(...slots.map(({ endsAt }) => endsAt.getTime()))),
})

const isSamePlace = (one: Place, other: Place) =>
  one.slotIds.length === other.slotIds.length &&
  one.slotIds.every((id) => other.slotIds.includes(id)) &&
  one.startsAt.getTime() === other.startsAt.getTime() &&
  one.endsAt.getTime() === other.endsAt.getTime()

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

/** Stops with `no-such-table` where a table asked for is unknown, deleted or another restaurant's. */
async function requireTables(
  tx: Transaction,
  { wish: { restaurantId }, change: { tableNumbers }, stop }: Asked & { wish: Wish },
): Promise<void> {
  if (tableNumbers === undefined) return
  const known = await listKnownTables(tx, { restaurantId, tableNumbers })
  const unknown = tableNumbers.filter((number) => !known.includes(number))
  if (unknown.length > 0) stop(refuse('no-such-table', { tableNumbers: unknown }))
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
  if (own.serviceDate !== other.serviceDate) return stop(refuse('swap-other-date'))
  const moves: PlaceMove[] = []
  const theirs = await readWish(tx, { reservationId: swapWith, change: {} })
  const { restaurantId, serviceDate, now } = own
  const slots = await listPlannedSlots(tx, {
    restaurantId,
    serviceDate,
    tableNumbers: [...wish.tableNumbers, ...(theirs?.tableNumbers ?? [])],
    movingIds: [reservationId, swapWith],
  })
  for (const [reservation, { slotIds, ...there }] of [
    [own, other],
    [other, own],
  ] as const) {
    const { partySize } = reservation
    const asked = { slots: slots.filter(({ id }) => slotIds.includes(id)), partySize, now }
    const judgedPlace = judgePlaces({ ...asked, override: change.override })
    if (!judgedPlace.ok) return stop(judgedPlace)
    const place = placeOf({ ...there, slotIds })
    const heldUntil = limitHold({ reservation, startsAt: place.startsAt })
    moves.push({ reservation, place, partySize, heldUntil })
  }
  return { moves, wish }
}

/**
 * Where a change by staff leads: other tables, another time, date, size or length, or the place of
 * another party. Locks the slots left and taken in id order, then the reservations in id order; what was
 * read before is read once more under the locks.
 *
 * Stops with `not-found`, what `judgeChangeable` refuses, `past-date`, `closed-day` and `not-open-yet`
 * (unless staff insist), `gate-stands` with `gateUntil`, `no-such-table` and `slot-taken` with their `tableNumbers`,
 * `no-such-time`, `past-time`, `party-size` with the `seats` (unless staff insist), and for a swap with
 * `swap-with-itself`, `swap-other-date` and `cannot-swap` with the other party's status.
 */
export async function planStaffChange(tx: Transaction, asked: Asked): Promise<Planned> {
  const { reservationId, change, stop } = asked
  if (change.swapWith !== undefined) return planSwap(tx, { ...asked, swapWith: change.swapWith })
  const expected = await readWish(tx, { reservationId, change })
  if (!expected) return stop(refuse('not-found'))
  const isMoving = movesSlots(change)
  const found = isMoving ? await findSlots(tx, { ...asked, wish: expected }) : succeed([])
  const lockedIds = found.ok ? found.value.map(({ id }) => id) : []
  const [reservation] = await lockReservations(tx, {
    reservationIds: [reservationId],
    alsoSlotIds: lockedIds,
  })
  const wish = await readWish(tx, { reservationId, change })
  if (!reservation || !wish) return stop(refuse('not-found'))
  const judged = judgeChangeable({ party: reservation, by: 'OWNER', today: wish.today })
  if (!judged.ok) return stop(judged)
  if (wish.isInPlace && !isMoving) return { moves: [], wish }
  await requireTables(tx, { ...asked, wish })
  await judgeTargetDate(tx, { ...asked, reservation, wish })
  const picked = isMoving
    ? await findSlots(tx, { ...asked, wish })
    : succeed(await findPresentSlots(tx, reservation, wish))
  if (!picked.ok) return stop(picked)
  const slots = picked.value
  if (isMoving && slots.some(({ id }) => !lockedIds.includes(id))) beginAnew()
  const { partySize } = wish
  const { override } = change
  const fits = judgePlaces({ slots, partySize, override, now: reservation.now })
  if (!fits.ok) return stop(fits)
  const place = isMoving ? placeAt(slots, wish) : placeOf(reservation)
  if (isSamePlace(place, placeOf(reservation)) && partySize === reservation.partySize)
    return { moves: [], wish }
  const heldUntil = limitHold({ reservation, startsAt: place.startsAt })
  return { moves: [{ reservation, place, partySize, heldUntil }], wish }
}
