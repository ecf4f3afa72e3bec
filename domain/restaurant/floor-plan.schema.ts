import { z } from 'zod'
import { formVersion } from './schema'
import { MOST_TABLES, tableNumber } from './setup.schema'

/** The cells of a floor plan: wide enough for a hall, deep enough for the most tables in the most areas. */
export const PLAN_COLUMNS = 20
export const PLAN_ROWS = 80

export const tableShapes = ['ROUND', 'SQUARE', 'LONG'] as const

/** A table's cell, from the top left, and its shape. */
export const tablePlace = z.strictObject({
  tableNumber,
  x: z
    .int()
    .min(0)
    .max(PLAN_COLUMNS - 1),
  y: z
    .int()
    .min(0)
    .max(PLAN_ROWS - 1),
  shape: z.enum(tableShapes),
})

const placesNoneTwice = (places: { tableNumber: number }[]) =>
  new Set(places.map((place) => place.tableNumber)).size === places.length

/** The tables that their owner has placed; the others stand by area and number. */
export const floorPlan = z
  .array(tablePlace)
  .max(MOST_TABLES)
  .refine(placesNoneTwice, { error: 'must not place a table twice' })

export const floorPlanForm = z.strictObject({
  restaurantId: z.uuid(),
  version: formVersion,
  places: floorPlan,
})

export type TablePlace = z.output<typeof tablePlace>
export type TableShape = TablePlace['shape']
