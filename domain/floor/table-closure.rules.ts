import {
  judgePlaces,
  type PlannedSlot,
  planStays,
  type StayTable,
} from '@/domain/booking/change.rules'
import { byFit } from '@/domain/booking/table-choice.rules'
import { rankCombinations } from '@/domain/restaurant/table-group.rules'
import type { Combination } from '@/domain/restaurant/table-group.schema'
import type { DayClosure, DayParty, DaySlot } from './schema'
import type { ProposedMove } from './table-closure.schema'

/** A party that is still to come, at a closed table. */
export type MovingParty = {
  reservationId: string
  partySize: number
  startsAt: Date
  /** How many seatings it has at one table. */
  seatings: number
  minutes: number
  /** It is off the plan, and may be so elsewhere. */
  isOffPlan: boolean
}

export type FreeTable = StayTable & { minParty: number }
type Stretch = { tableNumber: number; startsAt: Date; endsAt: Date }

const overlaps = (a: Stretch, b: Stretch) =>
  a.tableNumber === b.tableNumber && a.startsAt < b.endsAt && b.startsAt < a.endsAt

/** The tables by themselves, then the combinations, each the best fit first. */
function listChoices({
  partySize,
  tables,
  combinations,
}: {
  partySize: number
  tables: readonly FreeTable[]
  combinations: readonly Combination[]
}): FreeTable[][] {
  const alone = tables
    .filter(({ maxParty }) => maxParty >= partySize)
    .map((table) => ({ ...table, tableNumber: table.number }))
    .toSorted(byFit(partySize))
    .map((table) => [table])
  const together = rankCombinations({ partySize, combinations }).map(({ tableNumbers }) =>
    tables.filter(({ number }) => tableNumbers.includes(number)),
  )
  const isWhole = (choice: FreeTable[], at: number) =>
    choice.length === rankCombinations({ partySize, combinations })[at]?.tableNumbers.length
  return [...alone, ...together.filter(isWhole)]
}

/** Earlier and later times of the plan alike, the nearest first; of two as near the later. */
function listOtherTimes({
  startsAt,
  slots,
  now,
}: {
  startsAt: Date
  slots: readonly PlannedSlot[]
  now: Date
}): Date[] {
  const times = slots.filter(({ isOffPlan }) => !isOffPlan).map((slot) => slot.startsAt.getTime())
  const distance = (ms: number) => Math.abs(ms - startsAt.getTime())
  return [...new Set(times)]
    .filter((ms) => ms !== startsAt.getTime() && ms > now.getTime())
    .toSorted((a, b) => distance(a) - distance(b) || b - a)
    .map((ms) => new Date(ms))
}

/**
 * A move for each of these parties of one date: a table or, where none alone can be had, a combination
 * that fits, at the same time; else at the nearest time; else none. No two share a place, and those who can
 * keep their time come before those who can't; the earliest, and of them the largest, first.
 */
export function proposeMoves({
  parties,
  tables,
  combinations,
  slots,
  closed,
  now,
}: {
  parties: readonly MovingParty[]
  tables: readonly FreeTable[]
  combinations: readonly Combination[]
  /** Of the date at these tables; open where nobody has them. */
  slots: PlannedSlot[]
  /** When which tables are closed. */
  closed: readonly Stretch[]
  now: Date
}): Map<string, ProposedMove> {
  const promised: Stretch[] = [...closed]
  const moves = new Map<string, ProposedMove>()

  function findAt(party: MovingParty, startsAt: Date): Stretch[] | null {
    const isOtherTime = startsAt.getTime() !== party.startsAt.getTime()
    const { partySize, seatings, minutes: presentMinutes } = party
    for (const choice of listChoices({ partySize, tables, combinations })) {
      const asked = { startsAt, seatings, minutes: undefined, presentMinutes }
      const stays = planStays({ slots, tables: choice, ...asked })
      const mayBe = stays.every(({ isOffPlan }) => !isOffPlan || (party.isOffPlan && !isOtherTime))
      if (!mayBe || stays.some((stay) => promised.some((other) => overlaps(stay, other)))) continue
      if (judgePlaces({ stays, partySize, override: false, now }).ok) return stays
    }
    return null
  }

  function promise(party: MovingParty, startsAt: Date): boolean {
    const stays = findAt(party, startsAt)
    if (!stays) return false
    promised.push(...stays)
    moves.set(party.reservationId, {
      startsAt: startsAt.toISOString(),
      tableNumbers: stays.map(({ tableNumber }) => tableNumber).toSorted((a, b) => a - b),
      isOtherTime: startsAt.getTime() !== party.startsAt.getTime(),
    })
    return true
  }

  const inOrder = parties.toSorted(
    (a, b) => a.startsAt.getTime() - b.startsAt.getTime() || b.partySize - a.partySize,
  )
  const left = inOrder.filter((party) => !promise(party, party.startsAt))
  for (const party of left)
    listOtherTimes({ ...party, slots, now }).some((startsAt) => promise(party, startsAt))
  return moves
}

type Times = Pick<DaySlot, 'startsAt' | 'endsAt'>

const isDuring = ({ from, to }: DayClosure, { startsAt, endsAt }: Times) =>
  Date.parse(from) < Date.parse(endsAt) && Date.parse(startsAt) < Date.parse(to)

/** By which closing a slot of the board is closed. Null: by none. */
export function findClosure({
  closures,
  slot,
}: {
  closures: readonly DayClosure[]
  slot: Pick<DaySlot, 'tableNumber'> & Times
}): DayClosure | null {
  const closed = closures.find(
    (closure) => closure.tableNumbers.includes(slot.tableNumber) && isDuring(closure, slot),
  )
  return closed ?? null
}

/** How many parties of the board are still to come to closed tables. */
export function countToMove({
  closures,
  parties,
}: {
  closures: readonly DayClosure[]
  parties: readonly DayParty[]
}): number {
  return parties.filter(
    (party) =>
      (party.status === 'CONFIRMED' || party.status === 'HELD') &&
      party.tableNumbers.some((tableNumber) =>
        findClosure({ closures, slot: { ...party, tableNumber } }),
      ),
  ).length
}

/** Names the closings of the board and the parties there: another name, and there is news of them. */
export function nameClosings({
  closures,
  parties,
}: {
  closures: readonly DayClosure[]
  parties: readonly DayParty[]
}): string {
  const touched = parties.filter((party) =>
    party.tableNumbers.some((tableNumber) =>
      findClosure({ closures, slot: { ...party, tableNumber } }),
    ),
  )
  const named = touched.map(({ reservationId, sequence, status }) => [
    reservationId,
    sequence,
    status,
  ])
  return JSON.stringify([closures, named])
}
