import { z } from 'zod'
import { typedLine } from '@/lib/text/field'
import { formVersion } from './schema'
import { isRange, partyRange, tableNumber, wrongRange } from './setup.schema'

export const MOST_AREAS = 50
export const LONGEST_AREA = 30
export const MOST_COMBINATIONS = 100
/** A banquet's row of tables. */
const MOST_COMBINED = 20

const namesNoneTwice = (numbers: number[]) => new Set(numbers).size === numbers.length
const tableNumbers = z
  .array(tableNumber)
  .refine(namesNoneTwice, { error: 'must not name a table twice' })

/** Tables that can be pushed together, and for how many. */
export const combination = z
  .strictObject({ tableNumbers: tableNumbers.min(2).max(MOST_COMBINED), ...partyRange })
  .refine(isRange, wrongRange)
export const combinationList = z.array(combination).max(MOST_COMBINATIONS)

/** Tables that lie together. */
export const area = z.strictObject({
  id: z.uuid(),
  name: typedLine({ least: 1, most: LONGEST_AREA }),
  tableNumbers,
})
export const areaList = z.array(area).max(MOST_AREAS)

/** Without an `id`: the area that has this name now, or a new one. */
export const areaDraft = area.extend({ id: z.uuid().optional() })
export const areaDraftList = z.array(areaDraft).max(MOST_AREAS)

const edited = { restaurantId: z.uuid(), version: formVersion }
export const areasForm = z.strictObject({ ...edited, areas: areaDraftList })
export const combinationsForm = z.strictObject({ ...edited, combinations: combinationList })

export type Area = z.output<typeof area>
export type AreaDraft = z.output<typeof areaDraft>
export type Combination = z.output<typeof combination>
