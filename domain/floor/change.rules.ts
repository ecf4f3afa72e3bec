import { listActs, occupiesSlots } from '@/domain/booking/rules'
import type { ReservationStatus } from '@/domain/booking/types'
import type { Day, DayParty, DaySlot, DayTable } from './schema'

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Equal items keep their object identity, so that a poll without news re-renders nothing. */
function keepEqual<Item>({
  known,
  fresh,
  idOf,
}: {
  known: Item[]
  fresh: Item[]
  idOf: (item: Item) => string | number
}): Item[] {
  const before = new Map(known.map((item) => [idOf(item), item]))
  const kept = fresh.map((item) => {
    const old = before.get(idOf(item))
    return old !== undefined && isEqual(old, item) ? old : item
  })
  return kept.length === known.length && kept.every((item, index) => item === known[index])
    ? known
    : kept
}

function listChanges({ known, fresh }: { known: DayParty[]; fresh: DayParty[] }): DayChange[] {
  const before = new Map(known.map((party) => [party.reservationId, party]))
  return fresh.flatMap(({ reservationId, status, slotIds, partySize }) => {
    const old = before.get(reservationId)
    const isMoved = old !== undefined && !isEqual(old.slotIds, slotIds)
    if (old?.status === status && old.partySize === partySize && !isMoved) return []
    return [{ reservationId, status, slotIds, isNew: !old, isMoved }]
  })
}

/**
 * The day after a poll, and what changed since. An answer overtaken by a newer one changes nothing;
 * another date replaces everything and reports no changes.
 */
export function mergeDay({ known, fresh }: { known: Day; fresh: Day }): {
  day: Day
  changes: DayChange[]
} {
  if (known.restaurantId !== fresh.restaurantId || known.serviceDate !== fresh.serviceDate)
    return { day: fresh, changes: [] }
  if (fresh.asOf < known.asOf) return { day: known, changes: [] }
  const tables = keepEqual({
    known: known.tables,
    fresh: fresh.tables,
    idOf: (table) => table.number,
  })
  const combinations = keepEqual({
    known: known.combinations,
    fresh: fresh.combinations,
    idOf: ({ tableNumbers }) => tableNumbers.join(' '),
  })
  const areas = keepEqual({ known: known.areas, fresh: fresh.areas, idOf: ({ id }) => id })
  const floorPlan = keepEqual({
    known: known.floorPlan,
    fresh: fresh.floorPlan,
    idOf: ({ tableNumber }) => tableNumber,
  })
  const slots = keepEqual({ known: known.slots, fresh: fresh.slots, idOf: (slot) => slot.slotId })
  const parties = keepEqual({
    known: known.parties,
    fresh: fresh.parties,
    idOf: (party) => party.reservationId,
  })
  const changes = listChanges({ known: known.parties, fresh: fresh.parties })
  return { day: { ...fresh, tables, combinations, areas, floorPlan, slots, parties }, changes }
}

/** The day after staff blocked a slot or opened it again. */
export function applyBlock({
  day,
  slotId,
  isBlocked,
}: {
  day: Day
  slotId: string
  isBlocked: boolean
}): Day {
  const change = (slot: DaySlot): DaySlot =>
    slot.slotId === slotId ? { ...slot, state: isBlocked ? 'BLOCKED' : 'FREE' } : slot
  return { ...day, slots: day.slots.map(change) }
}

/** The day after staff noted how late a party has said it will be; 0 takes it back. */
export function applyLateness({
  day,
  reservationId,
  minutes,
}: {
  day: Day
  reservationId: string
  minutes: number
}): Day {
  const change = (party: DayParty): DayParty =>
    party.reservationId === reservationId ? { ...party, lateMinutes: minutes || null } : party
  return { ...day, parties: day.parties.map(change) }
}

/** The day after a change of a party; where it is now comes with the next poll. */
export function applySequence({
  day,
  reservationId,
  sequence,
}: {
  day: Day
  reservationId: string
  sequence: number
}): Day {
  const change = (party: DayParty): DayParty =>
    party.reservationId === reservationId ? { ...party, sequence } : party
  return { ...day, parties: day.parties.map(change) }
}

/** The day once an act is answered, without waiting for the next poll. */
export function applyStatus({
  day,
  reservationId,
  status,
}: {
  day: Day
  reservationId: string
  status: ReservationStatus
}): Day {
  const party = day.parties.find((candidate) => candidate.reservationId === reservationId)
  if (!party) return day
  const occupies = occupiesSlots(status)
  const moveSlot = (slot: DaySlot): DaySlot => {
    const isTheirs = slot.reservationId === reservationId
    if (!occupies) return isTheirs ? { ...slot, state: 'FREE', reservationId: null } : slot
    if (!party.slotIds.includes(slot.slotId)) return slot
    return { ...slot, state: status === 'HELD' ? 'HELD' : 'TAKEN', reservationId }
  }
  const moved = { ...party, status, acts: listActs({ ...party, status, by: 'OWNER' }) }
  const moveTable = (table: DayTable): DayTable => {
    if (status !== 'SEATED')
      return table.seatedReservationId === reservationId
        ? { ...table, seatedReservationId: null }
        : table
    if (!party.tableNumbers.includes(table.number)) return table
    return { ...table, seatedReservationId: reservationId }
  }
  return {
    ...day,
    tables: day.tables.map(moveTable),
    slots: day.slots.map(moveSlot),
    parties: day.parties.map((candidate) => (candidate === party ? moved : candidate)),
  }
}

/** A change to a party between two polls of the day. */
export type DayChange = {
  reservationId: string
  isNew: boolean
  /** It is at another table or time than before. */
  isMoved: boolean
  status: ReservationStatus
  slotIds: string[]
}
