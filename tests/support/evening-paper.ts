import type { ReservationStatus } from '@/domain/booking/types'

/**
 * One evening as a person would keep it on paper: who has which seating at which table, and what was
 * done. It knows no locks and no SQL.
 */
export type Evening = { parties: Map<string, Party>; acts: Map<string, Done> }

export type Party = {
  id: string
  status: ReservationStatus
  /** The slots it has, or had when it ended. */
  slots: readonly string[]
  partySize: number
  walkIn: boolean
  /** Its diner, who may act on it. Null: it has none. */
  dinerId: string | null
  /** The diner or guest who has at most one to come on a date (G2). Null: nobody that is known. */
  person: string | null
  /** Staff insisted on one more for the same guest, which does not count. */
  isExtra: boolean
  hasArrived: boolean
  /** It was a hold when staff cancelled it. */
  wasHeld: boolean
  isCancelledByStaff: boolean
}

/** What was done, with what it takes to take it back. */
export type Done = {
  before: Party[]
  isNew: boolean
  isUndone: boolean
  /** An act of staff, and no undo. */
  isUndoable: boolean
  place: boolean
  at: number
}

export type Seating = { slotId: string; table: number; seating: number; most: number }

/** Off the plan a party has a stretch of time after the last seating: which parts of it, and its minutes. */
type Window = { parts: string[]; from: number; to: number }
const earliest: Window = { parts: ['a', 'b'], from: 280, to: 325 }
const windows: Window[] = [
  earliest,
  { parts: ['b', 'c', 'd'], from: 310, to: 340 },
  { parts: ['d', 'e'], from: 330, to: 350 },
]
export const WINDOWS = windows.length

/** The minutes after the first seating begins. */
export const minutesOf = (window: number) => windows[window] ?? earliest

const partAt = (table: number, part: string) => `off:${table}:${part}`

/** What a party has that takes a table off the plan: parts of time, so that stretches can overlap. */
export const slotsOfWindow = ({ table, window }: { table: number; window: number }): string[] =>
  minutesOf(window).parts.map((part) => partAt(table, part))

export const isOffPlan = (slots: readonly string[]) => slots.some((slot) => slot.startsWith('off:'))

/** Later than every seating. */
export const OFF_PLAN_SEATING = 90

/** The parts of a table's time off the plan, as if they were seatings that no diner can ask for. */
export const listOffPlan = ({ table, most }: { table: number; most: number }): Seating[] =>
  [...new Set(windows.flatMap(({ parts }) => parts))].map((part) => ({
    slotId: partAt(table, part),
    table,
    seating: OFF_PLAN_SEATING,
    most,
  }))

export type Plan = {
  seatings: readonly Seating[]
  /** The first seating that has not begun. */
  nextSeating: number
  /** Tables that can be pushed together, in the order of their numbers. */
  combination: readonly number[]
}

/** The slots of the tables that can be pushed together, in the order of their tables. */
export const slotsTogether = ({ seatings, combination }: Plan, asked: number): string[] =>
  seatings
    .filter(({ table, seating }) => seating === asked && combination.includes(table))
    .toSorted((a, b) => a.table - b.table)
    .map(({ slotId }) => slotId)

/** Acts on parties of the evening; `id` is the party's. */
export type Wish =
  | { act: 'BOOK'; dinerId: string; seating: number; partySize: number }
  | { act: 'PHONE'; caller: string; slot: string; partySize: number; insists: boolean }
  /** For a party that no table alone is for: the restaurant chooses the tables. */
  | { act: 'COMBINED'; caller: string; seating: number; partySize: number }
  | { act: 'OFF_PLAN'; caller: string; table: number; window: number; partySize: number }
  | { act: 'OFF_CHANGE'; id: string; table: number; window: number; partySize: number }
  /** With a stretch of hours after everything else, or without: parties stay as they are. */
  | { act: 'SCHEDULE'; isLonger: boolean }
  | { act: 'WALK_IN'; slots: string[]; partySize: number }
  /** To one table, or to all of a combination. */
  | { act: 'CHANGE'; id: string; slots: string[]; partySize: number }
  | { act: 'OWN_CHANGE'; id: string; seating: number; partySize: number }
  | { act: 'SWAP'; id: string; other: string }
  | { act: 'UNDO'; actId: string }
  | { act: 'TO_BOOKED' | 'TO_SEATED'; id: string }
  | {
      act: 'CONFIRM' | 'GIVE_BACK' | 'CANCEL' | 'SEAT' | 'LEAVE' | 'NO_SHOW' | 'ARRIVE'
      id: string
    }

export type Answer = { reason: string } | { reason: null; actId: string | null; id: string }

export const keeps = (status: ReservationStatus) =>
  status === 'HELD' || status === 'CONFIRMED' || status === 'SEATED'
export const isToCome = (status: ReservationStatus) => status === 'HELD' || status === 'CONFIRMED'

/** Who has a slot. Undefined: nobody. */
export const keeperOf = ({ parties }: Evening, slotId: string) =>
  [...parties.values()].find(({ status, slots }) => keeps(status) && slots.includes(slotId))

export const tablesOf = (plan: Plan, slots: readonly string[]) =>
  new Set(plan.seatings.filter(({ slotId }) => slots.includes(slotId)).map(({ table }) => table))

/** Whether another party sits at one of these slots' tables. */
export function isOccupied(
  plan: Plan,
  { parties }: Evening,
  slots: readonly string[],
  except?: string,
) {
  const tables = tablesOf(plan, slots)
  return [...parties.values()].some(
    (party) =>
      party.status === 'SEATED' &&
      party.id !== except &&
      [...tablesOf(plan, party.slots)].some((table) => tables.has(table)),
  )
}

export const areFree = (
  evening: Evening,
  slots: readonly string[],
  except: readonly string[] = [],
) =>
  slots.every((slot) => {
    const keeper = keeperOf(evening, slot)
    return keeper === undefined || except.includes(keeper.id)
  })

/** Others that the diner or guest has to come. */
export const othersOf = ({ parties }: Evening, person: string | null, except?: string) =>
  [...parties.values()].filter(
    (party) =>
      person !== null && party.person === person && party.id !== except && isToCome(party.status),
  )

/** The diner or guest has another one to come (G2). */
export const hasOther = (evening: Evening, { person, isExtra, id }: Party) =>
  !isExtra && othersOf(evening, person, id).some((other) => !other.isExtra)

export const seatsOf = (plan: Plan, slots: readonly string[]) => {
  const tables = new Map(
    plan.seatings
      .filter(({ slotId }) => slots.includes(slotId))
      .map(({ table, most }) => [table, most]),
  )
  return [...tables.values()].reduce((sum, most) => sum + most, 0)
}

export const startOf = (plan: Plan, slots: readonly string[]) =>
  Math.min(
    ...plan.seatings.filter(({ slotId }) => slots.includes(slotId)).map(({ seating }) => seating),
  )
