import { byFit, type Sized } from '@/domain/booking/table-choice.rules'
import { rankCombinations } from '@/domain/restaurant/table-group.rules'
import type { Combination } from '@/domain/restaurant/table-group.schema'

type Asked = {
  /** Those that can be had for the time. */
  tables: readonly Sized[]
  partySize: number
}

/** How many guests these tables seat together. */
export function countSeatsTogether({
  tables,
  tableNumbers,
}: {
  tables: readonly Sized[]
  tableNumbers: readonly number[]
}): number {
  return tables
    .filter(({ tableNumber }) => tableNumbers.includes(tableNumber))
    .reduce((sum, { maxParty }) => sum + maxParty, 0)
}

/**
 * The largest tables until they seat the party, and the last of them the smallest that completes it. Null:
 * all of them together are too small.
 */
function joinLargest({ tables, partySize }: Asked): number[] | null {
  const smallestFirst = tables.toSorted(
    (a, b) => a.maxParty - b.maxParty || a.tableNumber - b.tableNumber,
  )
  const chosen: number[] = []
  let missing = partySize
  while (missing > 0) {
    const left = smallestFirst.filter(({ tableNumber }) => !chosen.includes(tableNumber))
    const largest = left.find(({ maxParty }) => maxParty === left.at(-1)?.maxParty)
    const next = left.find(({ maxParty }) => maxParty >= missing) ?? largest
    if (!next) return null
    chosen.push(next.tableNumber)
    missing -= next.maxParty
  }
  return chosen
}

/**
 * The tables to propose for a party, by number: the one that fits best; where none does alone, the
 * restaurant's own combination that fits best, one with the tapped table first, else the largest tables
 * until they are enough. Where all are too small, the largest one; empty: there is none.
 */
export function proposeTables({
  tables,
  partySize,
  combinations,
  tappedTable = null,
}: Asked & {
  combinations: readonly Combination[]
  /** The table for which staff wished before the party was known to be too large. */
  tappedTable?: number | null
}): number[] {
  const [best] = tables.toSorted(byFit(partySize))
  if (!best) return []
  if (best.maxParty >= partySize) return [best.tableNumber]
  const numbers = tables.map(({ tableNumber }) => tableNumber)
  const combined = rankCombinations({ partySize, combinations }).filter(({ tableNumbers }) =>
    tableNumbers.every((number) => numbers.includes(number)),
  )
  const withTapped = combined.find((one) => one.tableNumbers.some((each) => each === tappedTable))
  const together = (withTapped ?? combined[0])?.tableNumbers ?? joinLargest({ tables, partySize })
  return (together ?? [best.tableNumber]).toSorted((a, b) => a - b)
}

/**
 * The tables after a tap on one of them. A proposal that is large enough makes way for the tapped table;
 * what staff have chosen grows or shrinks by it. Null: nothing is left of it, and tables are proposed
 * again.
 */
export function tapTable({
  tables,
  partySize,
  chosen,
  isProposed,
  tableNumber,
}: Asked & { chosen: readonly number[]; isProposed: boolean; tableNumber: number }):
  | number[]
  | null {
  if (chosen.includes(tableNumber)) {
    const left = chosen.filter((number) => number !== tableNumber)
    return left.length > 0 ? left : null
  }
  const isEnough = countSeatsTogether({ tables, tableNumbers: chosen }) >= partySize
  if (isProposed && isEnough) return [tableNumber]
  return [...chosen, tableNumber].toSorted((a, b) => a - b)
}
