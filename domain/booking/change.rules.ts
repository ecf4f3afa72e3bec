import { type Result, refuse, succeed } from '@/lib/problems/result'
import type { ActorKind, ReservationStatus } from './types'

const MINUTE_MS = 60_000

const changeable: ReservationStatus[] = ['HELD', 'CONFIRMED']

/** Whether a reservation of this status can still be changed: its party is to come. */
export function canBeChanged(status: ReservationStatus): boolean {
  return changeable.includes(status)
}

/** Whether the diner can still change it. `startsAt` is an instant, ISO 8601. */
export function canDinerChange({
  status,
  startsAt,
  now,
}: {
  status: ReservationStatus
  startsAt: string
  now: Date
}): boolean {
  return canBeChanged(status) && new Date(startsAt) > now
}

/**
 * Refuses `hold-expired`, `cannot-move` with the present status unless the party is to come,
 * `after-start` for a diner whose time has come, and `day-closed` for staff once its day is over.
 */
export function judgeChangeable({
  party: { status, isRunOut, startsAt, now, serviceDate },
  by,
  today,
}: {
  party: {
    status: ReservationStatus
    isRunOut: boolean
    startsAt: Date
    now: Date
    serviceDate: string
  }
  by: ActorKind
  today: string
}): Result<null, 'hold-expired' | 'cannot-move' | 'after-start' | 'day-closed'> {
  if (isRunOut) return refuse('hold-expired')
  if (!canBeChanged(status)) return refuse('cannot-move', { present: status })
  if (serviceDate < today) return refuse('day-closed', { serviceDate, today })
  if (by === 'DINER' && startsAt <= now)
    return refuse('after-start', { startsAt: startsAt.toISOString() })
  return succeed(null)
}

export type PlannedSlot = {
  id: string
  tableNumber: number
  startsAt: Date
  endsAt: Date
  maxParty: number
  /** Neither blocked nor kept for another party. */
  isOpen: boolean
  /** The party that has it. Null: none, or the one that moves. */
  takenBy: string | null
}

function chainSlots({
  slots,
  startsAt,
  minutes,
  seatings,
}: {
  slots: PlannedSlot[]
  startsAt: Date
  minutes: number | undefined
  seatings: number
}): PlannedSlot[] | null {
  const inOrder = slots.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const first = inOrder.findIndex((slot) => slot.startsAt.getTime() === startsAt.getTime())
  if (first < 0) return null
  const endMs = minutes === undefined ? null : startsAt.getTime() + minutes * MINUTE_MS
  const count =
    endMs === null
      ? seatings
      : inOrder.findIndex((slot, at) => at >= first && slot.endsAt.getTime() === endMs) - first + 1
  const chain = inOrder.slice(first, first + count)
  return count > 0 && chain.length === count ? chain : null
}

/**
 * The slots at which a party sits from an instant on, at each of its tables: as many as before, or
 * those that end exactly after the minutes asked for. Refuses `no-such-time` where a table has none.
 */
export function pickSlots({
  slots,
  tableNumbers,
  ...asked
}: {
  slots: PlannedSlot[]
  tableNumbers: number[]
  startsAt: Date
  minutes: number | undefined
  /** How many a party has at one table. */
  seatings: number
}): Result<PlannedSlot[], 'no-such-time'> {
  const chains = tableNumbers.map((number) =>
    chainSlots({ slots: slots.filter((slot) => slot.tableNumber === number), ...asked }),
  )
  const found = chains.filter((chain) => chain !== null)
  if (found.length < chains.length || found.length === 0) return refuse('no-such-time')
  return succeed(found.flat())
}

/** How many guests can sit: each table counts once, however long the party stays. */
export function countPlannedSeats(slots: Pick<PlannedSlot, 'tableNumber' | 'maxParty'>[]): number {
  const tables = new Map(slots.map((slot) => [slot.tableNumber, slot.maxParty]))
  return [...tables.values()].reduce((sum, seats) => sum + seats, 0)
}

/**
 * Whether a party can have these slots. Refuses `past-time` when the last of them is over,
 * `slot-taken` with the `tableNumbers` and with `reservationIds` of who has them, and `party-size` with
 * the `seats` there are, unless staff insist.
 */
export function judgePlaces({
  slots,
  partySize,
  override,
  now,
}: {
  slots: PlannedSlot[]
  partySize: number
  override: boolean | undefined
  now: Date
}): Result<null, 'past-time' | 'slot-taken' | 'party-size'> {
  if (slots.every(({ endsAt }) => endsAt <= now)) return refuse('past-time')
  const taken = slots.filter(({ isOpen }) => !isOpen)
  if (taken.length > 0)
    return refuse('slot-taken', {
      tableNumbers: [...new Set(taken.map(({ tableNumber }) => tableNumber))],
      reservationIds: [...new Set(taken.flatMap(({ takenBy }) => takenBy ?? []))],
    })
  const seats = countPlannedSeats(slots)
  return partySize > seats && !override ? refuse('party-size', { seats }) : succeed(null)
}
