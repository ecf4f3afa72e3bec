import { type Result, refuse, succeed } from '@/lib/problems/result'
import { UNDO_SECONDS } from './rules'
import { MOST_STAY_MINUTES } from './stay.types'
import type { ActorKind, PlaceBefore, ReservationStatus } from './types'

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
  /** Made for a party at a time of its own; no seating. */
  isOffPlan: boolean
}

/** One table for as long as a party is to stay there. */
export type PlannedStay = {
  tableNumber: number
  maxParty: number
  startsAt: Date
  endsAt: Date
  isOffPlan: boolean
  /** A party sits there now, and keeps the table until staff say that it has left (G21). */
  isOccupied: boolean
  /** The seatings of the stay; off the plan, the slots that would have to give way. */
  slots: PlannedSlot[]
}

export type StayTable = {
  id: string
  number: number
  maxParty: number
  /** A party sits there now. */
  isOccupied: boolean
}

type Asked = {
  startsAt: Date
  minutes: number | undefined
  /** How many seatings a party has at one table. */
  seatings: number
  /** How long it stays now. */
  presentMinutes: number
}

const areJoined = (chain: PlannedSlot[]) =>
  chain.every((slot, at) => at === 0 || chain[at - 1]?.endsAt.getTime() === slot.startsAt.getTime())

/**
 * The seatings of one table, without a gap between them: as many as before, or those that end exactly
 * after the minutes asked for.
 */
function chainSlots({
  slots,
  startsAt,
  minutes,
  seatings,
}: Pick<Asked, 'startsAt' | 'minutes' | 'seatings'> & {
  slots: PlannedSlot[]
}): PlannedSlot[] | null {
  const inOrder = slots
    .filter(({ isOffPlan }) => !isOffPlan)
    .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const first = inOrder.findIndex((slot) => slot.startsAt.getTime() === startsAt.getTime())
  if (first < 0) return null
  const endMs = minutes === undefined ? null : startsAt.getTime() + minutes * MINUTE_MS
  const count =
    endMs === null
      ? seatings
      : inOrder.findIndex((slot, at) => at >= first && slot.endsAt.getTime() === endMs) - first + 1
  const chain = inOrder.slice(first, first + count)
  const isWhole = count > 0 && chain.length === count
  return isWhole && areJoined(chain) ? chain : null
}

/**
 * How a party sits from an instant on, at each of these tables: at its seatings, or off the plan, where
 * no seating begins then, none ends when it is to leave, or there is a gap between them. Without a length it
 * stays as many seatings as before; off the plan as many minutes, up to the longest stay.
 */
export function planStays({
  slots,
  tables,
  ...asked
}: Asked & { slots: PlannedSlot[]; tables: StayTable[] }): PlannedStay[] {
  const { startsAt, minutes = Math.min(asked.presentMinutes, MOST_STAY_MINUTES) } = asked
  const until = new Date(startsAt.getTime() + minutes * MINUTE_MS)
  return tables.map(({ number: tableNumber, maxParty, isOccupied }) => {
    const ofTable = slots.filter((slot) => slot.tableNumber === tableNumber)
    const chain = chainSlots({ slots: ofTable, ...asked })
    const last = chain?.at(-1)
    if (chain?.[0] && last) {
      const seated = { startsAt, endsAt: last.endsAt, isOffPlan: false, slots: chain }
      return { tableNumber, maxParty: chain[0].maxParty, isOccupied, ...seated }
    }
    const inTheWay = ofTable.filter((slot) => slot.startsAt < until && startsAt < slot.endsAt)
    const own = { startsAt, endsAt: until, isOffPlan: true, slots: inTheWay }
    return { tableNumber, maxParty, isOccupied, ...own }
  })
}

/** The stays that these slots make, at tables of which some are `occupied`. */
export function keepStays(slots: PlannedSlot[], occupied: number[] = []): PlannedStay[] {
  const numbers = [...new Set(slots.map(({ tableNumber }) => tableNumber))]
  return numbers.flatMap((tableNumber) => {
    const own = slots.filter((slot) => slot.tableNumber === tableNumber)
    const [first] = own
    if (!first) return []
    const startsAt = new Date(Math.min(...own.map((slot) => slot.startsAt.getTime())))
    const endsAt = new Date(Math.max(...own.map((slot) => slot.endsAt.getTime())))
    const isOccupied = occupied.includes(tableNumber)
    const times = { startsAt, endsAt, isOffPlan: false, slots: own }
    return { tableNumber, maxParty: first.maxParty, isOccupied, ...times }
  })
}

/**
 * Whether a party can have these places. Refuses `past-time` when the last of them is over,
 * `table-occupied` with the `tableNumbers` where a time has begun and others sit, unless it is the time
 * and the table that the party has already, `slot-taken` with the `tableNumbers` and with `reservationIds` of who has them, and `party-size` with
 * the `seats` there are, unless staff insist.
 */
export function judgePlaces({
  stays,
  present = null,
  partySize,
  override,
  now,
}: {
  stays: PlannedStay[]
  /** Where the party is booked now. Null: its place does not matter. */
  present?: { startsAt: Date; tableNumbers: number[] } | null
  partySize: number
  override: boolean | undefined
  now: Date
}): Result<null, 'past-time' | 'table-occupied' | 'slot-taken' | 'party-size'> {
  if (stays.every(({ endsAt }) => endsAt <= now)) return refuse('past-time')
  const isPresent = ({ tableNumber, startsAt }: PlannedStay) =>
    present?.startsAt.getTime() === startsAt.getTime() && present.tableNumbers.includes(tableNumber)
  const occupied = stays.filter(
    (stay) => stay.isOccupied && stay.startsAt <= now && !isPresent(stay),
  )
  if (occupied.length > 0)
    return refuse('table-occupied', {
      tableNumbers: occupied.map(({ tableNumber }) => tableNumber),
    })
  const taken = stays.flatMap(({ slots }) => slots.filter(({ isOpen }) => !isOpen))
  if (taken.length > 0)
    return refuse('slot-taken', {
      tableNumbers: [...new Set(taken.map(({ tableNumber }) => tableNumber))],
      reservationIds: [...new Set(taken.flatMap(({ takenBy }) => takenBy ?? []))],
    })
  const seats = stays.reduce((sum, { maxParty }) => sum + maxParty, 0)
  return partySize > seats && !override ? refuse('party-size', { seats }) : succeed(null)
}

/** Where a party is, as it is told. */
export type ToldPlace = Pick<PlaceBefore, 'serviceDate' | 'startsAt' | 'endsAt' | 'partySize'>

/**
 * Where a party takes its reservation to be: before the first of the last changes that nobody has told it of,
 * each made while the one before it could be undone.
 */
export function findToldPlace({
  present,
  changes,
  now,
}: {
  present: ToldPlace
  /** The last first. */
  changes: readonly { at: Date; before: ToldPlace; isTold: boolean }[]
  now: Date
}): ToldPlace {
  let [told, untilMs] = [present, now.getTime()]
  for (const { at, before, isTold } of changes) {
    if (isTold || untilMs - at.getTime() >= UNDO_SECONDS * 1_000) break
    told = before
    untilMs = at.getTime()
  }
  const { serviceDate, startsAt, endsAt, partySize } = told
  return { serviceDate, startsAt, endsAt, partySize }
}
