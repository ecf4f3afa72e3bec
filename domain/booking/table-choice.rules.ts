import { type Refusal, type Result, refuse, succeed } from '@/lib/problems/result'

/** A seating of a table at or after the time asked for, as it stands. */
export type AskedSlot = {
  id: string
  tableNumber: number
  minParty: number
  maxParty: number
  startsAt: Date
  endsAt: Date
  isFree: boolean
  /** By the database's clock. */
  hasBegun: boolean
  isOver: boolean
  /** Another party sits at the table now. */
  isOccupied: boolean
}

/** One table for the whole stay. */
export type TableStay = {
  tableNumber: number
  minParty: number
  maxParty: number
  slotIds: string[]
  endsAt: Date
}

export type TableRefusal = 'no-such-time' | 'past-time' | 'table-occupied' | 'slot-taken'

const MINUTE_MS = 60_000

/** When the stay is to end. Null: with its first seating. */
export const endOfStay = ({ startsAt, minutes }: { startsAt: Date; minutes: number | null }) =>
  minutes === null ? null : new Date(startsAt.getTime() + minutes * MINUTE_MS)

/**
 * Whether a table can be had for a stay: its seating that begins then, and those that follow until the
 * end. Who sits at the table now is in the way only of a seating that has begun: a party that is there
 * for an earlier one will have left. Refuses `no-such-time`, `past-time`, `table-occupied` and
 * `slot-taken`, in this order.
 */
export function judgeTable({
  slots,
  startsAt,
  minutes,
}: {
  /** Those of one table. */
  slots: AskedSlot[]
  startsAt: Date
  minutes: number | null
}): Result<TableStay, TableRefusal> {
  const untilAt = endOfStay({ startsAt, minutes })
  const stay = slots
    .filter((slot) => slot.startsAt < (untilAt ?? new Date(startsAt.getTime() + 1)))
    .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const first = stay[0]
  const last = stay.at(-1)
  if (!first || !last || first.startsAt.getTime() !== startsAt.getTime())
    return refuse('no-such-time')
  if (untilAt && last.endsAt < untilAt) return refuse('no-such-time')
  if (first.isOver) return refuse('past-time')
  const { tableNumber, minParty, maxParty } = first
  const tableNumbers = [tableNumber]
  if (first.hasBegun && first.isOccupied) return refuse('table-occupied', { tableNumbers })
  if (stay.some(({ isFree }) => !isFree)) return refuse('slot-taken', { tableNumbers })
  const slotIds = stay.map(({ id }) => id)
  return succeed({ tableNumber, minParty, maxParty, slotIds, endsAt: untilAt ?? last.endsAt })
}

/** How much further than the others a refusal has come: the furthest is told. */
const order: TableRefusal[] = ['no-such-time', 'past-time', 'table-occupied', 'slot-taken']

/**
 * The tables that can be had for a stay, the best fit first: the smallest class of table, and in it the
 * one made for parties of that size. Staff who insist get one that is too small too, after those that
 * fit, the largest first. Refuses as `judgeTable` does, and `party-size` when only that is in the way.
 */
export function rankTables({
  slots,
  partySize,
  insists,
  ...asked
}: {
  slots: AskedSlot[]
  startsAt: Date
  minutes: number | null
  partySize: number
  insists: boolean
}): Result<TableStay[], TableRefusal | 'party-size'> {
  const tables = listTables(slots).map((table) => ({
    maxParty: table[0]?.maxParty ?? 0,
    judged: judgeTable({ slots: table, ...asked }),
  }))
  const fitting = tables.filter(({ maxParty }) => insists || maxParty >= partySize)
  const hasTime = tables.some(({ judged }) => judged.ok || judged.reason !== 'no-such-time')
  if (hasTime && fitting.length === 0) return refuse('party-size')
  const stays = fitting.flatMap(({ judged }) => (judged.ok ? [judged.value] : []))
  if (stays.length === 0)
    return furthest(fitting.flatMap(({ judged }) => (judged.ok ? [] : [judged])))
  const shortOf = ({ maxParty }: TableStay) => Math.max(0, partySize - maxParty)
  return succeed(
    stays.toSorted(
      (a, b) =>
        shortOf(a) - shortOf(b) ||
        a.maxParty - b.maxParty ||
        Math.abs(a.minParty - partySize) - Math.abs(b.minParty - partySize) ||
        a.tableNumber - b.tableNumber,
    ),
  )
}

function listTables(slots: AskedSlot[]): AskedSlot[][] {
  const numbers = [...new Set(slots.map(({ tableNumber }) => tableNumber))]
  return numbers.map((number) => slots.filter(({ tableNumber }) => tableNumber === number))
}

function furthest(refusals: Refusal<TableRefusal>[]): Refusal<TableRefusal> {
  const [first] = refusals.toSorted((a, b) => order.indexOf(b.reason) - order.indexOf(a.reason))
  return first ? refuse(first.reason) : refuse('no-such-time')
}
