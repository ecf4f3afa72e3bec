import { rankCombinations } from '@/domain/restaurant/table-group.rules'
import type { Combination } from '@/domain/restaurant/table-group.schema'
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

/** When the stay is to end. */
export const endOfStay = ({ startsAt, minutes }: { startsAt: Date; minutes: number }) =>
  new Date(startsAt.getTime() + minutes * MINUTE_MS)

/** They follow one another without a gap. */
const areJoined = (stay: AskedSlot[]) =>
  stay.every((slot, at) => at === 0 || stay[at - 1]?.endsAt.getTime() === slot.startsAt.getTime())

/**
 * Whether a table can be had for a stay by its seatings: the one that begins then, and those that follow
 * until exactly its end. Who sits at the table now is in the way only of a seating that has begun: a party that is there
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
  const untilAt = minutes === null ? null : endOfStay({ startsAt, minutes })
  const stay = slots
    .filter((slot) => slot.startsAt < (untilAt ?? new Date(startsAt.getTime() + 1)))
    .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const first = stay[0]
  const last = stay.at(-1)
  if (!first || !last || first.startsAt.getTime() !== startsAt.getTime())
    return refuse('no-such-time')
  if (untilAt && last.endsAt.getTime() !== untilAt.getTime()) return refuse('no-such-time')
  if (!areJoined(stay)) return refuse('no-such-time')
  if (first.isOver) return refuse('past-time')
  const { tableNumber, minParty, maxParty } = first
  const tableNumbers = [tableNumber]
  if (first.hasBegun && first.isOccupied) return refuse('table-occupied', { tableNumbers })
  if (stay.some(({ isFree }) => !isFree)) return refuse('slot-taken', { tableNumbers })
  const slotIds = stay.map(({ id }) => id)
  return succeed({ tableNumber, minParty, maxParty, slotIds, endsAt: last.endsAt })
}

type FitRefusal = TableRefusal | 'party-size'

/** How much further than the others a refusal has come: the furthest is told. */
const order: FitRefusal[] = [
  ...(['no-such-time', 'party-size'] as const),
  ...(['past-time', 'table-occupied', 'slot-taken'] as const),
]

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
}): Result<TableStay[], FitRefusal> {
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
  return succeed(stays.toSorted(byFit(partySize)))
}

export type Sized = Pick<TableStay, 'tableNumber' | 'minParty' | 'maxParty'>

/** The best fit first: the smallest table that is large enough. */
export function byFit(partySize: number) {
  const shortOf = ({ maxParty }: Sized) => Math.max(0, partySize - maxParty)
  return (a: Sized, b: Sized) =>
    shortOf(a) - shortOf(b) ||
    a.maxParty - b.maxParty ||
    Math.abs(a.minParty - partySize) - Math.abs(b.minParty - partySize) ||
    a.tableNumber - b.tableNumber
}

/**
 * Whether a table can be had off the plan, whatever its seatings. Refuses `table-occupied` when the time
 * has begun and another party sits there, and `slot-taken`.
 */
export function judgeFreedom({
  table: { tableNumber, isFree, isOccupied },
  hasBegun,
}: {
  table: { tableNumber: number; isFree: boolean; isOccupied: boolean }
  hasBegun: boolean
}): Result<null, 'table-occupied' | 'slot-taken'> {
  const details = { tableNumbers: [tableNumber] }
  if (hasBegun && isOccupied) return refuse('table-occupied', details)
  return isFree ? succeed(null) : refuse('slot-taken', details)
}

/** The table that fits best off the plan, by the same order. Refuses as `rankTables` does. */
export function pickOffPlan<Table extends Sized & { isFree: boolean; isOccupied: boolean }>({
  tables,
  partySize,
  insists,
  hasBegun,
}: {
  tables: Table[]
  partySize: number
  insists: boolean
  hasBegun: boolean
}): Result<Table, TableRefusal | 'party-size'> {
  const fitting = tables.filter(({ maxParty }) => insists || maxParty >= partySize)
  if (fitting.length === 0) return refuse('party-size')
  const judged = fitting.map((table) => ({ table, judged: judgeFreedom({ table, hasBegun }) }))
  const [best] = judged
    .flatMap(({ table, judged: { ok } }) => (ok ? [table] : []))
    .toSorted(byFit(partySize))
  if (best) return succeed(best)
  return furthest(judged.flatMap((one) => (one.judged.ok ? [] : [one.judged])))
}

/**
 * The combinations that can be had for a stay, each with all of its tables, the best fit first. Refuses
 * as `judgeTable` does, and `party-size` when no combination is for a party of that size.
 */
export function rankCombined({
  slots,
  partySize,
  combinations,
  ...asked
}: {
  slots: AskedSlot[]
  startsAt: Date
  minutes: number | null
  partySize: number
  combinations: readonly Combination[]
}): Result<TableStay[][], FitRefusal> {
  const ranked = rankCombinations({ partySize, combinations })
  if (ranked.length === 0) return refuse('party-size')
  const judged = ranked.map(({ tableNumbers }) => judgeTogether({ slots, tableNumbers, ...asked }))
  const stays = judged.flatMap((one) => (one.ok ? [one.value] : []))
  return stays.length > 0
    ? succeed(stays)
    : furthest(judged.flatMap((one) => (one.ok ? [] : [one])))
}

/** All of these tables for the stay, in this order, or the first refusal. */
export function judgeTogether({
  slots,
  tableNumbers,
  ...asked
}: {
  slots: AskedSlot[]
  tableNumbers: number[]
  startsAt: Date
  minutes: number | null
}): Result<TableStay[], TableRefusal> {
  const stays: TableStay[] = []
  for (const number of tableNumbers) {
    const own = slots.filter(({ tableNumber }) => tableNumber === number)
    const judged = judgeTable({ ...asked, slots: own })
    if (!judged.ok) return judged
    stays.push(judged.value)
  }
  return succeed(stays)
}

function listTables(slots: AskedSlot[]): AskedSlot[][] {
  const numbers = [...new Set(slots.map(({ tableNumber }) => tableNumber))]
  return numbers.map((number) => slots.filter(({ tableNumber }) => tableNumber === number))
}

/** Of several refusals the one that tells most. */
export function furthest(refusals: Refusal<FitRefusal>[]): Refusal<FitRefusal> {
  const [first] = refusals.toSorted((a, b) => order.indexOf(b.reason) - order.indexOf(a.reason))
  return first ? refuse(first.reason) : refuse('no-such-time')
}
