import type { Reason } from '@/lib/problems/problem'
import type { Table } from './setup.schema'
import type { Area, AreaDraft, Combination } from './table-group.schema'

type Fault<R extends Reason> = { reason: R; details: Record<string, unknown> }

const byNumber = (a: number, b: number) => a - b

/** Whatever the order in which a person tapped the tables. */
function nameSet(tableNumbers: readonly number[]): string {
  return tableNumbers.toSorted(byNumber).join(' ')
}

/** The most people that these tables seat together. Null: one of them does not exist. */
export function countSeats({
  tableNumbers,
  tables,
}: {
  tableNumbers: readonly number[]
  tables: readonly Pick<Table, 'number' | 'maxParty'>[]
}): number | null {
  const seats = new Map(tables.map(({ number, maxParty }) => [number, maxParty]))
  let sum = 0
  for (const number of tableNumbers) {
    const some = seats.get(number)
    if (some === undefined) return null
    sum += some
  }
  return sum
}

function findMissing({
  tableNumbers,
  tables,
}: {
  tableNumbers: readonly number[]
  tables: readonly Table[]
}): Fault<'no-such-table'> | null {
  const missing = tableNumbers.filter((asked) => !tables.some(({ number }) => number === asked))
  return missing.length === 0
    ? null
    : { reason: 'no-such-table', details: { tableNumbers: missing } }
}

/**
 * The first fault in a restaurant's combinations: a table that is not there or no longer in use, the
 * same set twice, a party larger than the tables seat together. Two combinations may share tables.
 */
export function findCombinationFault({
  combinations,
  tables,
}: {
  combinations: readonly Combination[]
  tables: readonly Table[]
}): Fault<'no-such-table' | 'same-combination' | 'over-seats'> | null {
  const sets = new Set<string>()
  for (const { tableNumbers, maxParty } of combinations) {
    const missing = findMissing({ tableNumbers, tables })
    if (missing) return missing
    const set = nameSet(tableNumbers)
    if (sets.has(set)) return { reason: 'same-combination', details: { tableNumbers } }
    sets.add(set)
    const most = countSeats({ tableNumbers, tables })
    if (most !== null && maxParty > most)
      return { reason: 'over-seats', details: { tableNumbers, most } }
  }
  return null
}

/**
 * The first fault in a restaurant's areas: one it does not have, a name twice, a table that is not
 * there or no longer in use, a table in two of them.
 */
export function findAreaFault({
  areas,
  tables,
  known,
}: {
  areas: readonly AreaDraft[]
  tables: readonly Table[]
  /** The areas as they are now. */
  known: readonly Area[]
}): Fault<'not-found' | 'same-area' | 'no-such-table' | 'table-in-two-areas'> | null {
  const [ids, names, numbers] = [new Set<string>(), new Set<string>(), new Set<number>()]
  for (const { id, name, tableNumbers } of areas) {
    if (id !== undefined && (ids.has(id) || !known.some((one) => one.id === id)))
      return { reason: 'not-found', details: { areaId: id } }
    if (id !== undefined) ids.add(id)
    if (names.has(name)) return { reason: 'same-area', details: { name } }
    names.add(name)
    const missing = findMissing({ tableNumbers, tables })
    if (missing) return missing
    const shared = tableNumbers.find((number) => numbers.has(number))
    if (shared !== undefined)
      return { reason: 'table-in-two-areas', details: { tableNumber: shared } }
    for (const number of tableNumbers) numbers.add(number)
  }
  return null
}

/**
 * Which areas stay the same ones, so that what refers to them goes on: by id, else by a name that no
 * renamed one has left behind. `id` null: a new one.
 */
export function matchAreas({
  areas,
  known,
}: {
  areas: readonly AreaDraft[]
  known: readonly Area[]
}): (Omit<Area, 'id'> & { id: string | null })[] {
  const named = new Set(areas.map(({ id }) => id))
  return areas.map(({ id, ...area }) => {
    const same = known.find((one) => one.name === area.name && !named.has(one.id))
    return { ...area, id: id ?? same?.id ?? null }
  })
}

/**
 * The combinations that a party fits, the best first: the one that seats the fewest, of equally large
 * ones that of the fewest tables, then of the lowest numbers. The same whatever the order of the list.
 */
export function rankCombinations({
  partySize,
  combinations,
}: {
  partySize: number
  combinations: readonly Combination[]
}): Combination[] {
  return combinations
    .filter(({ minParty, maxParty }) => minParty <= partySize && partySize <= maxParty)
    .map((one) => ({ ...one, tableNumbers: one.tableNumbers.toSorted(byNumber) }))
    .toSorted(
      (a, b) =>
        a.maxParty - b.maxParty ||
        a.tableNumbers.length - b.tableNumbers.length ||
        compareNumbers(a.tableNumbers, b.tableNumbers),
    )
}

/** Of lists of one length. */
function compareNumbers(one: readonly number[], other: readonly number[]): number {
  for (const [index, number] of one.entries()) {
    const difference = number - (other[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
