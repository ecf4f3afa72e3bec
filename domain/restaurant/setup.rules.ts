import type { Table, TableClass } from './setup.schema'

/** In the order in which they are best done. */
export const openingSteps = ['tables', 'hours', 'schedule', 'description', 'pictures'] as const

const needed: readonly (keyof Setup)[] = ['tables', 'hours', 'schedule']

/** Without it nobody can book. */
export function isNeeded(step: keyof Setup): boolean {
  return needed.includes(step)
}

/** Whether a diner who finds the restaurant can book it. */
export function isReadyToOpen(setup: Setup): boolean {
  return setup.tables > 0 && setup.schedule > 0
}

/** What a restaurant has of what it takes to open. */
export type Setup = {
  tables: number
  /** Stretches of an ordinary week. */
  hours: number
  /** Dates from today on that can be booked. */
  schedule: number
  /** 1: diners can read about it. */
  description: number
  pictures: number
}

/** By the largest party, then the smallest; within a class by number. */
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
