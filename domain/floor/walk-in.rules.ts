import { LEAST_SITTING_MINUTES } from '@/domain/booking/walk-in-place.rules'
import type { Day, DayParty, DaySlot } from './schema'

const MINUTE_MS = 60_000
/** A seating that begins within this time is offered to a party that wants to sit down now. */
const SOON_MINUTES = 15

/** Whether a seating runs, or is near enough for a party that wants to sit down now. */
export const isSoon = ({ slot, nowMs }: { slot: Pick<DaySlot, 'startsAt'>; nowMs: number }) =>
  Date.parse(slot.startsAt) <= nowMs + SOON_MINUTES * MINUTE_MS

/** Whether a party that wants to sit down now has a seating at once, and for long enough. */
export const isWorthSitting = ({ slot, nowMs }: { slot: DaySlot; nowMs: number }) =>
  isSoon({ slot, nowMs }) && Date.parse(slot.endsAt) >= nowMs + LEAST_SITTING_MINUTES * MINUTE_MS

type Tables = Pick<Day, 'slots' | 'tables'>
type Asked = { day: Tables; chosenIds: string[]; nowMs: number }

/** Whether a party sits at the table now, whatever its slots say. */
function isOccupied({ tables }: Pick<Day, 'tables'>, tableNumber: number): boolean {
  return tables.some((table) => table.number === tableNumber && table.seatedReservationId !== null)
}

/** Free, not over, and at a table where nobody sits: the server would accept it. */
export function isOpenToWalkIn({
  day,
  slot,
  nowMs,
}: {
  day: Pick<Day, 'tables'>
  slot: DaySlot
  nowMs: number
}): boolean {
  const isFree = slot.state === 'FREE' && Date.parse(slot.endsAt) > nowMs
  return isFree && !isOccupied(day, slot.tableNumber)
}

/** Another party comes to the table between now and the slot, and would find the walk-in at it. */
function isPromisedBefore({
  day: { slots },
  slot: { tableNumber, startsAt },
  nowMs,
}: {
  day: Pick<Day, 'slots'>
  slot: DaySlot
  nowMs: number
}): boolean {
  return slots.some(
    (before) =>
      before.tableNumber === tableNumber &&
      (before.state === 'TAKEN' || before.state === 'HELD') &&
      before.startsAt < startsAt &&
      Date.parse(before.startsAt) > nowMs,
  )
}

type Stretch = { startMs: number; endMs: number }

function toStretch(slot: Pick<DaySlot, 'startsAt' | 'endsAt'>): Stretch {
  return { startMs: Date.parse(slot.startsAt), endMs: Date.parse(slot.endsAt) }
}

/**
 * When the party will sit: the chosen slots' time, else now or soon, else the next time with a free
 * slot.
 */
function findStretch({
  open,
  chosen,
  nowMs,
}: {
  open: DaySlot[]
  chosen: DaySlot[]
  nowMs: number
}) {
  if (chosen.length > 0)
    return {
      startMs: Math.min(...chosen.map((slot) => toStretch(slot).startMs)),
      endMs: Math.max(...chosen.map((slot) => toStretch(slot).endMs)),
    }
  const firstMs = Math.min(...open.map((slot) => toStretch(slot).startMs))
  const fromMs = Math.max(nowMs, firstMs)
  return { startMs: fromMs, endMs: Math.max(fromMs, nowMs + SOON_MINUTES * MINUTE_MS) + 1 }
}

function follows({ slot, chosen, slots }: { slot: DaySlot; chosen: DaySlot[]; slots: DaySlot[] }) {
  return chosen.some((before) => {
    if (before.tableNumber !== slot.tableNumber || before.endsAt > slot.startsAt) return false
    return !slots.some(
      (between) =>
        between.tableNumber === slot.tableNumber &&
        between.startsAt >= before.endsAt &&
        between.endsAt <= slot.startsAt,
    )
  })
}

/**
 * The slots to offer a walk-in beside those already chosen: other tables at that time, and the same
 * table for longer. By table, then by time. Chosen slots taken meanwhile are left out.
 */
export function listWalkInChoices({ day, chosenIds, nowMs }: Asked): DaySlot[] {
  const open = day.slots.filter(
    (slot) => isOpenToWalkIn({ day, slot, nowMs }) && !isPromisedBefore({ day, slot, nowMs }),
  )
  const chosen = open.filter((slot) => chosenIds.includes(slot.slotId))
  const { startMs, endMs } = findStretch({ open, chosen, nowMs })
  return open
    .filter((slot) => {
      const stretch = toStretch(slot)
      const overlaps = stretch.startMs < endMs && startMs < stretch.endMs
      return overlaps || follows({ slot, chosen, slots: day.slots })
    })
    .toSorted((a, b) => a.tableNumber - b.tableNumber || a.startsAt.localeCompare(b.startsAt))
}

/** How many guests can sit: each chosen table counts once, however long the party stays. */
export function countSeats(slots: DaySlot[]): number {
  const tables = new Map(slots.map((slot) => [slot.tableNumber, slot.maxParty]))
  return [...tables.values()].reduce((sum, seats) => sum + seats, 0)
}

/** When the next booking of the same table begins after a slot. Null: none that day. */
export function findNextParty({
  day,
  slot,
}: {
  day: Pick<Day, 'slots'>
  slot: DaySlot
}): string | null {
  const taken = day.slots
    .filter(({ tableNumber }) => tableNumber === slot.tableNumber)
    .filter(({ state }) => state === 'TAKEN' || state === 'HELD')
    .map(({ startsAt }) => startsAt)
    .filter((startsAt) => startsAt >= slot.endsAt)
  return taken.toSorted()[0] ?? null
}

/**
 * How long a party that sits down now has the table: until its next booking begins, in whole
 * minutes. Null: nothing is booked there any more that day.
 */
export function countMinutesLeft({
  day,
  slot,
  nowMs,
}: {
  day: Pick<Day, 'slots'>
  slot: DaySlot
  nowMs: number
}): { nextAt: string; minutes: number } | null {
  const nextAt = findNextParty({ day, slot })
  if (nextAt === null) return null
  return { nextAt, minutes: Math.max(0, Math.floor((Date.parse(nextAt) - nowMs) / MINUTE_MS)) }
}

/** The tables, by number, that fit a party for its own time and at which nobody sits. */
function listFitting({
  day,
  party,
  nowMs,
}: {
  day: Tables
  party: Pick<DayParty, 'partySize' | 'startsAt' | 'endsAt'>
  nowMs: number
}): number[] {
  const { startMs, endMs } = toStretch(party)
  const fits = (slot: DaySlot) => {
    const stretch = toStretch(slot)
    const isThen = stretch.startMs < endMs && Math.max(startMs, nowMs) < stretch.endMs
    return isThen && slot.maxParty >= party.partySize && isOpenToWalkIn({ day, slot, nowMs })
  }
  return [...new Set(day.slots.filter(fits).map(({ tableNumber }) => tableNumber))].toSorted(
    (a, b) => a - b,
  )
}

/** Within this time before a party comes, another that sits at its table is in its way. */
const WARN_MINUTES = 20

/**
 * Who still sits at the table of a party that is due, and which tables fit it instead. Null: its
 * table is free, or there is time.
 */
export function findObstruction({
  day,
  party,
  nowMs,
}: {
  day: Tables & Pick<Day, 'parties'>
  party: DayParty
  nowMs: number
}): Obstruction | null {
  const isDue = Date.parse(party.startsAt) - nowMs <= WARN_MINUTES * MINUTE_MS
  if (party.status !== 'CONFIRMED' || !isDue) return null
  const sitting = findSitting({ day, tableNumbers: party.tableNumbers })
  return sitting && { ...sitting, instead: listFitting({ day, party, nowMs }) }
}

/** Who sits at one of these tables now. Null: nobody does. */
export function findSitting({
  day,
  tableNumbers,
}: {
  day: Pick<Day, 'tables' | 'parties'>
  tableNumbers: readonly number[]
}): Sitting | null {
  const table = day.tables.find(
    ({ number, seatedReservationId }) =>
      tableNumbers.includes(number) && seatedReservationId !== null,
  )
  if (!table) return null
  const seated = day.parties.find(
    ({ reservationId }) => reservationId === table.seatedReservationId,
  )
  return { tableNumber: table.number, seated: seated ?? null }
}

/** Why chosen slots can't be had by a walk-in any more. */
export function explainGone({
  day,
  slotIds,
  nowMs,
}: {
  day: Tables & Pick<Day, 'parties'>
  slotIds: string[]
  nowMs: number
}): Gone {
  const slots = day.slots.filter(({ slotId }) => slotIds.includes(slotId))
  const sitting = findSitting({ day, tableNumbers: slots.map(({ tableNumber }) => tableNumber) })
  if (sitting) return { kind: 'OCCUPIED', ...sitting }
  const isPromised = slots.some(
    (slot) => isOpenToWalkIn({ day, slot, nowMs }) && isPromisedBefore({ day, slot, nowMs }),
  )
  return { kind: isPromised ? 'PROMISED' : 'TAKEN' }
}

/** OCCUPIED: a party sits at one of the tables. PROMISED: another comes to it before. */
export type Gone = ({ kind: 'OCCUPIED' } & Sitting) | { kind: 'PROMISED' | 'TAKEN' }

export type Sitting = {
  tableNumber: number
  /** Null: a party of another date. */
  seated: DayParty | null
}

export type Obstruction = Sitting & {
  /** The tables that fit, by number. */
  instead: number[]
}

/**
 * The table to propose for a party that sits down now: the smallest that fits, and of those the one
 * that is free for longest; no slot that is as good as over. Null: none fits.
 */
export function pickBestFit({
  day,
  partySize,
  nowMs,
}: {
  day: Tables
  partySize: number
  nowMs: number
}): DaySlot | null {
  const leftOf = (slot: DaySlot) =>
    countMinutesLeft({ day, slot, nowMs })?.minutes ?? Number.POSITIVE_INFINITY
  const [best = null] = listWalkInChoices({ day, chosenIds: [], nowMs })
    .filter(({ maxParty }) => maxParty >= partySize)
    .filter((slot) => isWorthSitting({ slot, nowMs }))
    .toSorted(
      (a, b) => a.maxParty - b.maxParty || (leftOf(a) === leftOf(b) ? 0 : leftOf(b) - leftOf(a)),
    )
  return best
}
