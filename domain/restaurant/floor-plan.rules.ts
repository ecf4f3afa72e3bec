import type { Reason } from '@/lib/problems/problem'
import { PLAN_COLUMNS, PLAN_ROWS, type TablePlace, type TableShape } from './floor-plan.schema'
import type { Table } from './setup.schema'
import type { Area } from './table-group.schema'

type Cell = Pick<TablePlace, 'x' | 'y'>
type Sized = Pick<Table, 'number' | 'maxParty'>
type Grouped = Pick<Area, 'tableNumbers'>

const nameCell = ({ x, y }: Cell) => `${x} ${y}`
const byTable = (a: TablePlace, b: TablePlace) => a.tableNumber - b.tableNumber

type PlanFault = {
  reason: Extract<Reason, 'no-such-table' | 'same-cell'>
  details: Record<string, unknown>
}

/** The first fault of a floor plan: a table that is not there or no longer in use, two tables on one cell. */
export function findPlanFault({
  places,
  tables,
}: {
  places: readonly TablePlace[]
  tables: readonly Pick<Table, 'number'>[]
}): PlanFault | null {
  const missing = places.find((place) => !tables.some(({ number }) => number === place.tableNumber))
  if (missing) return { reason: 'no-such-table', details: { tableNumber: missing.tableNumber } }
  const taken = new Map<string, number>()
  for (const place of places) {
    const other = taken.get(nameCell(place))
    if (other !== undefined)
      return { reason: 'same-cell', details: { tableNumbers: [other, place.tableNumber] } }
    taken.set(nameCell(place), place.tableNumber)
  }
  return null
}

/** The shape of a table that nobody has given one. */
function shapeBySeats({ maxParty }: Sized): TableShape {
  if (maxParty <= 2) return 'ROUND'
  return maxParty <= 4 ? 'SQUARE' : 'LONG'
}

const FEWEST_COLUMNS = 4
/** As many as a tablet shows side by side, with a name on each. */
const MOST_COLUMNS = 8
/** Screens are wider than high. */
const ASPECT = 1.6

function countColumns(tables: number): number {
  const wished = Math.ceil(Math.sqrt(tables * ASPECT))
  return Math.min(Math.max(wished, FEWEST_COLUMNS), MOST_COLUMNS)
}

/** By number within each area, in the areas' order; the tables of none come last. */
function groupTables(tables: readonly Sized[], areas: readonly Grouped[]): Sized[][] {
  const inOrder = tables.toSorted((a, b) => a.number - b.number)
  const isIn = ({ tableNumbers }: Grouped, { number }: Sized) => tableNumbers.includes(number)
  return [
    ...areas.map((area) => inOrder.filter((table) => isIn(area, table))),
    inOrder.filter((table) => !areas.some((area) => isIn(area, table))),
  ].filter((group) => group.length > 0)
}

/** The first cell from the top left at which no table stands; the plan has more cells than a restaurant tables. */
function findFreeCell(taken: ReadonlySet<string>): Cell {
  for (let y = 0; y < PLAN_ROWS; y += 1)
    for (let x = 0; x < PLAN_COLUMNS; x += 1) if (!taken.has(nameCell({ x, y }))) return { x, y }
  throw new Error('every cell of the plan is taken')
}

/**
 * Where each table stands, by number, so that nobody has to arrange them: as its owner has placed it, the
 * others in rows below by area and number.
 */
export function arrangeTables({
  tables,
  areas,
  places,
}: {
  tables: readonly Sized[]
  areas: readonly Grouped[]
  places: readonly TablePlace[]
}): TablePlace[] {
  const arranged = places.filter((place) =>
    tables.some(({ number }) => number === place.tableNumber),
  )
  const taken = new Set(arranged.map(nameCell))
  const left = tables.filter(
    ({ number }) => !arranged.some(({ tableNumber }) => tableNumber === number),
  )
  const columns = countColumns(tables.length)
  let row = Math.max(-1, ...arranged.map(({ y }) => y)) + 1
  for (const group of groupTables(left, areas)) {
    for (const [index, table] of group.entries()) {
      const next = { x: index % columns, y: row + Math.floor(index / columns) }
      const cell = next.y < PLAN_ROWS ? next : findFreeCell(taken)
      taken.add(nameCell(cell))
      arranged.push({ tableNumber: table.number, ...cell, shape: shapeBySeats(table) })
    }
    row += Math.ceil(group.length / columns)
  }
  return arranged.toSorted(byTable)
}

/**
 * The plan after a table was put on a cell: the one that stands there changes places with it. Beyond the
 * plan's edge nothing moves.
 */
export function putTable({
  places,
  tableNumber,
  x,
  y,
}: {
  places: readonly TablePlace[]
  tableNumber: number
} & Cell): TablePlace[] {
  const moved = places.find((place) => place.tableNumber === tableNumber)
  const isOnPlan = x >= 0 && x < PLAN_COLUMNS && y >= 0 && y < PLAN_ROWS
  if (!moved || !isOnPlan) return [...places]
  const left = { x: moved.x, y: moved.y }
  return places.map((place) => {
    if (place === moved) return { ...place, x, y }
    return place.x === x && place.y === y ? { ...place, ...left } : place
  })
}

/** The part of the plan that is drawn, which begins at its first column and row with a table. */
export function measurePlan(cells: readonly Cell[]): {
  left: number
  top: number
  columns: number
  rows: number
} {
  if (cells.length === 0) return { left: 0, top: 0, columns: 0, rows: 0 }
  const columns = cells.map(({ x }) => x)
  const rows = cells.map(({ y }) => y)
  const left = Math.min(...columns)
  const top = Math.min(...rows)
  return {
    left,
    top,
    columns: Math.max(...columns) - left + 1,
    rows: Math.max(...rows) - top + 1,
  }
}

/** A cell in pixels: with three lines of text on its table, and no larger than reads as one room. */
const LEAST_CELL = { width: 112, height: 100 }
const MOST_CELL = { width: 184, height: 148 }

/** How large each cell is drawn to fit the room; where that is too small for a finger, the plan scrolls. */
export function fitCell({
  columns,
  rows,
  room,
}: {
  columns: number
  rows: number
  room: { width: number; height: number }
}): { width: number; height: number } {
  const scale = (side: 'width' | 'height', count: number) =>
    Math.min(
      Math.max(Math.floor(room[side] / Math.max(count, 1)), LEAST_CELL[side]),
      MOST_CELL[side],
    )
  return { width: scale('width', columns), height: scale('height', rows) }
}

/** The cells of each area and where its name stands: at its first table by row. */
export function layOutAreas({
  areas,
  places,
}: {
  areas: readonly Pick<Area, 'id' | 'name' | 'tableNumbers'>[]
  places: readonly TablePlace[]
}): { id: string; name: string; cells: TablePlace[] }[] {
  return areas
    .map(({ id, name, tableNumbers }) => ({
      id,
      name,
      cells: places
        .filter(({ tableNumber }) => tableNumbers.includes(tableNumber))
        .toSorted((a, b) => a.y - b.y || a.x - b.x),
    }))
    .filter(({ cells }) => cells.length > 0)
}
