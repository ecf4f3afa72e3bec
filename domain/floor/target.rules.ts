import { canBeChanged } from '@/domain/booking/change.rules'
import type { Sized } from '@/domain/booking/table-choice.rules'
import type { PlaceChange } from './queue.rules'
import type { Day, DayParty, DaySlot } from './schema'
import { findClosure } from './table-closure.rules'

type Slots = Pick<Day, 'slots'>
type Floor = Pick<Day, 'slots' | 'tables'>

/** Others sit at the table, and the time has begun: nobody can be put there (G21). */
export function isKept({
  day: { tables },
  tableNumber,
  startsAt,
  nowMs,
}: {
  day: Pick<Day, 'tables'>
  tableNumber: number
  startsAt: string
  nowMs: number
}): boolean {
  const table = tables.find(({ number }) => number === tableNumber)
  return Date.parse(startsAt) <= nowMs && (table?.seatedReservationId ?? null) !== null
}

/** The slots of a table from a time on, one after another, up to the first gap. */
function chainFrom({
  day,
  tableNumber,
  startsAt,
  count,
}: {
  day: Slots
  tableNumber: number
  startsAt: string
  count: number
}): DaySlot[] {
  const ofTable = day.slots
    .filter((slot) => slot.tableNumber === tableNumber)
    .toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))
  const first = ofTable.findIndex((slot) => slot.startsAt === startsAt)
  if (first < 0) return []
  const chain = ofTable.slice(first, first + count)
  const gap = chain.findIndex(
    (slot, place) => place > 0 && chain[place - 1]?.endsAt !== slot.startsAt,
  )
  return gap < 0 ? chain : chain.slice(0, gap)
}

/** How many slots the party has at one of its tables. */
function countSeatings({ party, day }: { party: Pick<DayParty, 'slotIds'>; day: Slots }): number {
  const perTable = new Map<number, number>()
  for (const { slotId, tableNumber } of day.slots)
    if (party.slotIds.includes(slotId))
      perTable.set(tableNumber, (perTable.get(tableNumber) ?? 0) + 1)
  return Math.max(1, ...perTable.values())
}

export type Moving = Pick<
  DayParty,
  'reservationId' | 'slotIds' | 'tableNumbers' | 'startsAt' | 'partySize' | 'status'
>

/** Whether the party is to come, so that it can be put elsewhere. */
export const canMove = ({ status }: Pick<DayParty, 'status'>): boolean => canBeChanged(status)

/** One place to which a party could be moved. */
export type Offer = Sized & { startsAt: string; endsAt: string }

type AskedPlace = { day: Floor; party: Moving; startsAt: string; nowMs: number }

/**
 * The tables that a party can have at a time, whatever their size: all its seatings are free there, or
 * its own.
 */
export function listOpenTables({ day, party, startsAt, nowMs }: AskedPlace): Offer[] {
  const count = countSeatings({ party, day })
  const numbers = [...new Set(day.slots.map(({ tableNumber }) => tableNumber))]
  return numbers
    .flatMap((tableNumber): Offer[] => {
      const chain = chainFrom({ day, tableNumber, startsAt, count })
      const last = chain.at(-1)
      const [first] = chain
      if (!first || !last || chain.length < count) return []
      const isOver = Date.parse(last.endsAt) <= nowMs
      if (
        !isOpenFrom({ day, party, tableNumber, startsAt }) ||
        isOver ||
        isKept({ day, tableNumber, startsAt, nowMs })
      )
        return []
      const { minParty, maxParty } = first
      return [{ tableNumber, startsAt, endsAt: last.endsAt, minParty, maxParty }]
    })
    .toSorted((a, b) => a.maxParty - b.maxParty || a.tableNumber - b.tableNumber)
}

/** The single tables at which a party of that size could sit at a time instead, the best fit first. */
export function listOffers({ partySize, ...asked }: AskedPlace & { partySize: number }): Offer[] {
  const { party, startsAt } = asked
  const isSame = party.startsAt === startsAt && party.partySize === partySize
  const [own, ...others] = party.tableNumbers
  return listOpenTables(asked).filter(
    ({ tableNumber, maxParty }) =>
      maxParty >= partySize && !(isSame && others.length === 0 && tableNumber === own),
  )
}

/** The times of the day at which the party could sit, at one table or at several together, in order. */
export function listOfferedTimes({
  day,
  partySize,
  ...asked
}: Omit<Parameters<typeof listOffers>[0], 'startsAt'>): string[] {
  const starts = [...new Set(day.slots.map(({ startsAt }) => startsAt))].toSorted()
  return starts.filter((startsAt) => {
    if (listOffers({ day, startsAt, partySize, ...asked }).length > 0) return true
    const open = listOpenTables({ day, startsAt, ...asked })
    const isAlone = open.some(({ maxParty }) => maxParty >= partySize)
    return !isAlone && open.reduce((sum, { maxParty }) => sum + maxParty, 0) >= partySize
  })
}

/** How long a party could stay at its table. */
export type Length = { minutes: number; endsAt: string }

/**
 * The ends to which a party at one table could stay, whole seatings of the plan, its present one left
 * out; none for a party at several tables.
 */
export function listLengths({ day, party }: { day: Slots; party: Moving }): Length[] {
  const [tableNumber, ...others] = party.tableNumbers
  if (tableNumber === undefined || others.length > 0) return []
  const { startsAt } = party
  const chain = chainFrom({ day, tableNumber, startsAt, count: day.slots.length })
  const isOwn = ({ slotId }: DaySlot) => party.slotIds.includes(slotId)
  const taken = chain.findIndex((slot) => slot.state !== 'FREE' && !isOwn(slot))
  const open = taken < 0 ? chain : chain.slice(0, taken)
  const present = countSeatings({ party, day })
  return open
    .map(({ endsAt }) => ({
      endsAt,
      minutes: Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / 60_000),
    }))
    .filter((_, index) => index + 1 !== present)
}

/** What a tap on a cell of the board means for a party that is being moved. */
export type Target =
  | {
      kind: 'FREE'
      tableNumber: number
      startsAt: string
      isTooSmall: boolean
      change: PlaceChange
    }
  | { kind: 'SWAP'; with: DayParty; isTooSmall: boolean; change: PlaceChange }
  /** A blocked slot, a party that sits, a table where one does, a closed one, or a time that is over. */
  | { kind: 'NONE' }

/** How many guests can sit at these slots: each table counts once. */
function countSeatsAt({ slots }: Slots, slotIds: string[]): number {
  const own = slots.filter(({ slotId }) => slotIds.includes(slotId))
  const tables = new Map(own.map(({ tableNumber, maxParty }) => [tableNumber, maxParty]))
  return [...tables.values()].reduce((sum, seats) => sum + seats, 0)
}

/** Says when one of the two is larger than the table it would get. */
function proposeSwap({
  day,
  party,
  other,
}: {
  day: Slots
  party: Moving
  other: DayParty
}): Target {
  const isTooSmall =
    party.partySize > countSeatsAt(day, other.slotIds) ||
    other.partySize > countSeatsAt(day, party.slotIds)
  const change = { swapWith: other.reservationId, ...(isTooSmall && { override: true }) }
  return { kind: 'SWAP', with: other, isTooSmall, change }
}

/** A closed table takes nobody new, so the party that sits there can leave it, but not change places. */
function isAtClosedTable({
  day: { slots, closures },
  parties,
}: {
  day: Pick<Day, 'slots' | 'closures'>
  parties: readonly Pick<DayParty, 'slotIds'>[]
}): boolean {
  const places = slots.filter(({ slotId }) =>
    parties.some(({ slotIds }) => slotIds.includes(slotId)),
  )
  return places.some((slot) => findClosure({ closures, slot }) !== null)
}

/** All seatings of the party, as many as it has, are free at the table from that time on, or its own. */
function isOpenFrom({
  day,
  party,
  ...place
}: {
  day: Slots
  party: Moving
  tableNumber: number
  startsAt: string
}): boolean {
  const count = countSeatings({ party, day })
  const chain = chainFrom({ day, count, ...place })
  const isFree = ({ state, slotId }: DaySlot) => state === 'FREE' || party.slotIds.includes(slotId)
  return chain.length === count && chain.every(isFree)
}

/**
 * An occupied target proposes a swap with its party, which comes on the same date. A party that stays
 * for several seatings needs all of them.
 */
export function readTarget({
  day,
  party,
  slotId,
  partySize,
  nowMs,
}: {
  day: Pick<Day, 'slots' | 'parties' | 'tables' | 'closures'>
  party: Moving
  slotId: string
  partySize: number
  nowMs: number
}): Target {
  const slot = day.slots.find((candidate) => candidate.slotId === slotId)
  if (!slot || Date.parse(slot.endsAt) <= nowMs) return { kind: 'NONE' }
  const other = day.parties.find(({ reservationId }) => reservationId === slot.reservationId)
  if (other && other.reservationId !== party.reservationId) {
    const canSwap = canMove(other) && !isAtClosedTable({ day, parties: [party, other] })
    return canSwap ? proposeSwap({ day, party, other }) : { kind: 'NONE' }
  }
  const isOwn = party.slotIds.includes(slotId)
  const { tableNumber, startsAt, maxParty } = slot
  if (!isOpenFrom({ day, party, tableNumber, startsAt })) return { kind: 'NONE' }
  if (!isOwn && isKept({ day, tableNumber, startsAt, nowMs })) return { kind: 'NONE' }
  const isTooSmall = maxParty < partySize
  const change: PlaceChange = {
    tableNumbers: [tableNumber],
    startsAt,
    ...(partySize !== party.partySize && { partySize }),
    ...(isTooSmall && { override: true }),
  }
  return { kind: 'FREE', tableNumber, startsAt, isTooSmall, change }
}
