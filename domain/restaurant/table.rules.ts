import type { Table, TableClass } from './table.types'

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
