import { CSV_BEGIN, type CsvCell, writeCsvLine } from '@/lib/text/csv'
import type { BookColumn, BookLine } from './book-file.schema'
import { bookColumns } from './book-file.types'

/** The file's words in one language: its header, and the cells that are one of a few words. */
export type BookWords = {
  columns: Record<BookColumn, string>
  locales: Record<BookLine['locale'], string>
  ways: Record<NonNullable<BookLine['consentWay']>, string>
}

const SEPARATED = /[",;\n]/

/** Tags in one cell. One that has a separator in itself is quoted. */
export const joinTags = (tags: readonly string[]): string =>
  tags.map((tag) => (SEPARATED.test(tag) ? `"${tag.replaceAll('"', '""')}"` : tag)).join(', ')

function writeCell({
  column,
  line,
  words,
}: {
  column: BookColumn
  line: BookLine
  words: BookWords
}): CsvCell {
  if (column === 'tags') return joinTags(line.tags)
  if (column === 'locale') return words.locales[line.locale]
  if (column === 'consentWay') return line.consentWay && words.ways[line.consentWay]
  return line[column]
}

/** The guest book as a table, piece by piece. */
export async function* writeBookCsv(
  lines: AsyncIterable<BookLine>,
  words: BookWords,
): AsyncGenerator<string> {
  yield CSV_BEGIN + writeCsvLine(bookColumns.map((column) => words.columns[column]))
  for await (const line of lines)
    yield writeCsvLine(bookColumns.map((column) => writeCell({ column, line, words })))
}
