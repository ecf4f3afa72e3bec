import type { Table, TableClass } from './setup.schema'

/** In the recommended order. */
export const openingSteps = ['tables', 'hours', 'schedule', 'description', 'pictures'] as const

const needed: readonly (keyof Setup)[] = ['tables', 'hours', 'schedule']

/** Whether diners can book only once this step is done. */
export function isNeeded(step: keyof Setup): boolean {
  return needed.includes(step)
}

/** Whether a diner who finds the restaurant can book it. */
export function isReadyToOpen(setup: Setup): boolean {
  return setup.tables > 0 && setup.schedule > 0
}

/** How much a restaurant has of each thing it needs to open. */
export type Setup = {
  tables: number
  /** Stretches in the regular week. */
  hours: number
  /** Bookable dates from today on. */
  schedule: number
  /** 1: there is a description for diners. */
  description: number
  pictures: number
}

/** Ordered by largest party, then smallest; within a class by number. */
export function groupTables(tables: readonly Table[]): TableClass[] {
  const classes = new Map<string, TableClass>()
  for (const table of tables.toSorted((a, b) => a.number - b.number)) {
    const { minParty, maxParty } = table
    const key = `${minParty} ${maxParty}`
    const known = classes.get(key) ?? { minParty, maxParty, tables: [] }
    known.tables.push(table)
    classes.set(key, known)
  }
  return [...classes.values()].toSorted(
    (a, b) => a.maxParty - b.maxParty || a.minParty - b.minParty,
  )
}
