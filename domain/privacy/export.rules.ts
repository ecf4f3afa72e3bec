import { CSV_BEGIN, type CsvCell, writeCsvLine } from '@/lib/text/csv'
import type { AccountExport } from './schema'

/** A value as one cell: lists and objects as JSON. */
function toCell(value: unknown): CsvCell {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  return JSON.stringify(value)
}

function listItems(part: unknown): object[] {
  const items: unknown[] = Array.isArray(part) ? part : [part]
  return items.map((item) => (typeof item === 'object' && item !== null ? item : { value: item }))
}

/**
 * An account's export as one table: a line for each fact, with its part, the number of its item in
 * that part, and its name. So the parts, which have different columns, fit into one file.
 */
export function writeAccountCsv(
  exported: AccountExport,
  header: readonly [part: string, item: string, field: string, value: string],
): string {
  const lines = Object.entries(exported).flatMap(([part, content]) =>
    listItems(content).flatMap((item, index) =>
      Object.entries(item).map(([field, value]) =>
        writeCsvLine([part, index + 1, field, toCell(value)]),
      ),
    ),
  )
  return CSV_BEGIN + writeCsvLine(header) + lines.join('')
}
