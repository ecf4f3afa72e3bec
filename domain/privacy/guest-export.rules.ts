import { CSV_BEGIN, writeCsvLine } from '@/lib/text/csv'
import type { GuestLine } from './schema'

const COLUMNS = [
  ...(['kind', 'serviceDate', 'at', 'number', 'partySize', 'status'] as const),
  ...(['name', 'phone', 'email', 'note', 'allergies', 'staffNote'] as const),
]

/** The name of each column, in the reader's language. */
export type GuestColumns = Record<(typeof COLUMNS)[number], string>

/** A restaurant's guests as a table, piece by piece. */
export async function* writeGuestCsv(
  lines: AsyncIterable<GuestLine>,
  names: GuestColumns,
): AsyncGenerator<string> {
  yield CSV_BEGIN + writeCsvLine(COLUMNS.map((column) => names[column]))
  for await (const line of lines) yield writeCsvLine(COLUMNS.map((column) => line[column]))
}

/** Lines as one JSON object, piece by piece. */
export async function* writeListJson(lines: AsyncIterable<object>): AsyncGenerator<string> {
  let before = '{"items":['
  for await (const line of lines) {
    yield before + JSON.stringify(line)
    before = ',\n'
  }
  yield before.startsWith('{') ? `${before}]}` : ']}'
}
