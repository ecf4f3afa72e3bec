import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arrangeTables,
  findPlanFault,
  fitCell,
  layOutAreas,
  measurePlan,
  putTable,
} from './floor-plan.rules'
import { floorPlan, PLAN_COLUMNS, PLAN_ROWS, type TablePlace } from './floor-plan.schema'

const table = (number: number, maxParty = 4) => ({ number, maxParty })
const many = (count: number, first = 1) =>
  Array.from({ length: count }, (_, index) => table(first + index))
const put = (tableNumber: number, x: number, y: number): TablePlace => ({
  tableNumber,
  x,
  y,
  shape: 'SQUARE',
})
const cellsOf = (places: readonly TablePlace[]) => places.map(({ x, y }) => [x, y])

describe('arrangeTables', () => {
  it('puts tables in rows by number, round for two and long for more than four', () => {
    const tables = [table(3, 6), table(1, 2), table(2, 4)]
    expect(arrangeTables({ tables, areas: [], places: [] })).toEqual([
      { tableNumber: 1, x: 0, y: 0, shape: 'ROUND' },
      { tableNumber: 2, x: 1, y: 0, shape: 'SQUARE' },
      { tableNumber: 3, x: 2, y: 0, shape: 'LONG' },
    ])
  })

  it('gives each area rows of its own, in the areas’ order, and the tables of none the last ones', () => {
    const areas = [{ tableNumbers: [4, 5] }, { tableNumbers: [1] }]
    expect(cellsOf(arrangeTables({ tables: many(5), areas, places: [] }))).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
      [0, 0],
      [1, 0],
    ])
  })

  it('keeps what its owner has placed, and puts a new table below', () => {
    const places = [put(2, 6, 3), put(1, 0, 0)]
    expect(arrangeTables({ tables: many(3), areas: [], places })).toEqual([
      put(1, 0, 0),
      put(2, 6, 3),
      put(3, 0, 4),
    ])
  })

  it('fills the gaps where no row is left below', () => {
    const places = [put(1, 0, 0), put(2, 0, PLAN_ROWS - 1)]
    expect(arrangeTables({ tables: many(4), areas: [], places })).toEqual([
      ...places,
      put(3, 1, 0),
      put(4, 2, 0),
    ])
  })

  it('needs at most eight columns, whatever the restaurant, so that forty tables fit a tablet', () => {
    const { columns, rows } = measurePlan(
      arrangeTables({ tables: many(40), areas: [], places: [] }),
    )
    expect([columns, rows]).toEqual([8, 5])
  })

  const someAreas = fc.array(
    fc.record({ tableNumbers: fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 9 }) }),
    { maxLength: 50 },
  )
  const somePlaces = fc.uniqueArray(
    fc.tuple(
      fc.integer({ min: 1, max: 220 }),
      fc.integer({ min: 0, max: PLAN_COLUMNS - 1 }),
      fc.integer({ min: 0, max: PLAN_ROWS - 1 }),
    ),
    { maxLength: 60, selector: ([, x, y]) => `${x} ${y}` },
  )
  it('gives every table one cell of its own on the plan, so that what is drawn can be saved', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        someAreas,
        somePlaces,
        (count, loose, scattered) => {
          const seen = new Set<number>()
          const areas = loose.map(({ tableNumbers }) => ({
            tableNumbers: tableNumbers.filter((number) => !seen.has(number) && seen.add(number)),
          }))
          const placed = new Map(scattered.map(([number, x, y]) => [number, put(number, x, y)]))
          const tables = many(count)
          const places = [...placed.values()]
          const arranged = arrangeTables({ tables, areas, places })
          expect(arranged.map(({ tableNumber }) => tableNumber)).toEqual(
            tables.map(({ number }) => number),
          )
          expect(findPlanFault({ places: arranged, tables })).toBeNull()
          expect(floorPlan.parse(arranged)).toEqual(arranged)
        },
      ),
    )
  })
})

describe('putTable', () => {
  const places = [put(1, 0, 0), put(2, 1, 0)]
  it('moves a table to a free cell, and changes places with the one that stands there', () => {
    expect(putTable({ places, tableNumber: 1, x: 0, y: 5 })).toEqual([put(1, 0, 5), put(2, 1, 0)])
    expect(putTable({ places, tableNumber: 1, x: 1, y: 0 })).toEqual([put(1, 1, 0), put(2, 0, 0)])
  })
  it.each([
    [-1, 0],
    [0, -1],
    [PLAN_COLUMNS, 0],
    [0, PLAN_ROWS],
  ])('moves nothing to %i, %i beyond the edge', (x, y) => {
    expect(putTable({ places, tableNumber: 1, x, y })).toEqual(places)
  })
})

describe('findPlanFault', () => {
  it('names the two tables of one cell, and the table that is not there', () => {
    const tables = many(2)
    expect(findPlanFault({ places: [put(1, 4, 4), put(2, 4, 4)], tables })).toEqual({
      reason: 'same-cell',
      details: { tableNumbers: [1, 2] },
    })
    expect(findPlanFault({ places: [put(3, 0, 0)], tables })).toEqual({
      reason: 'no-such-table',
      details: { tableNumber: 3 },
    })
  })
})

describe('fitCell', () => {
  it('fills the room, never too small for a finger, never so large that tables drift apart', () => {
    const room = { width: 760, height: 600 }
    expect(fitCell({ columns: 5, rows: 5, room })).toEqual({ width: 152, height: 120 })
    expect(fitCell({ columns: 20, rows: 30, room })).toEqual({ width: 112, height: 100 })
    expect(fitCell({ columns: 1, rows: 1, room })).toEqual({ width: 184, height: 148 })
  })
})

describe('layOutAreas', () => {
  it('names an area at its first table, and leaves out one without tables', () => {
    const areas = [
      { id: 'hall', name: '홀', tableNumbers: [1, 2] },
      { id: 'none', name: '룸', tableNumbers: [] },
    ]
    expect(layOutAreas({ areas, places: [put(1, 5, 1), put(2, 2, 0)] })).toEqual([
      { id: 'hall', name: '홀', cells: [put(2, 2, 0), put(1, 5, 1)] },
    ])
  })
})
