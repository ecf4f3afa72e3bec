import type { ZodType } from 'zod'
import { email, personName } from '@/domain/identity/schema'
import { unguardCell } from '@/lib/text/csv'
import type { CsvRecord } from '@/lib/text/csv-file'
import { typedKeyword, typedLine, typedText } from '@/lib/text/field'
import { countCharacters } from '@/lib/text/typed'
import type { BookColumn } from './book-file.schema'
import { LONGEST_DIET, LONGEST_NOTE, LONGEST_TAG, MOST_TAGS } from './entry.types'
import type { ImportedLine, LineReason, LineVerdict, LineWarning } from './import.schema'
import {
  type ImportHeader,
  readDateCell,
  readLocaleCell,
  readWayCell,
  splitTags,
} from './import-columns.rules'

const LONGEST_NAME = 50
const LONGEST_EMAIL = 254

/** What depends on the restaurant: which numbers are of its country, and the present day there. */
export type ImportPlace = { readPhone: (typed: string) => string | null; today: string }

class Unreadable extends Error {
  constructor(
    readonly reason: LineReason,
    readonly column?: BookColumn,
  ) {
    super(reason)
  }
}

type Cells = Partial<Record<BookColumn, string>>

/** A cell as its schema reads it. Null: it is empty. */
function readCell({
  cells,
  column,
  schema,
  most,
}: {
  cells: Cells
  column: BookColumn
  schema: ZodType<string>
  most: number
}): string | null {
  const cell = cells[column] ?? ''
  if (cell.trim() === '') return null
  const read = schema.safeParse(cell)
  if (read.success) return read.data || null
  throw new Unreadable(countCharacters(cell) > most ? 'too-long' : 'invalid', column)
}

const note = typedText({ most: LONGEST_NOTE })
const diet = typedLine({ most: LONGEST_DIET })
const tag = typedKeyword({ least: 1, most: LONGEST_TAG })

function readTags(cells: Cells): string[] {
  const tags = splitTags(cells.tags ?? '').map((name) => {
    const read = tag.safeParse(name)
    if (read.success) return read.data
    throw new Unreadable(countCharacters(name) > LONGEST_TAG ? 'too-long' : 'invalid', 'tags')
  })
  const each = [...new Set(tags)]
  if (each.length > MOST_TAGS) throw new Unreadable('too-long', 'tags')
  return each
}

function readPhoneCell(cells: Cells, { readPhone }: ImportPlace): string | null {
  const typed = cells.phone?.trim() ?? ''
  if (typed === '') return null
  return readPhone(typed) ?? unreadable('invalid', 'phone')
}

function unreadable(reason: LineReason, column?: BookColumn): never {
  throw new Unreadable(reason, column)
}

function readLocale(cells: Cells): string | null {
  const typed = cells.locale?.trim() ?? ''
  return typed === '' ? null : (readLocaleCell(typed) ?? unreadable('invalid', 'locale'))
}

/** Health data stays only with how and when its person agreed; a day to come is no consent. */
function readDiet(
  cells: Cells,
  { today }: ImportPlace,
): { diet: ImportedLine['diet']; warnings: LineWarning[] } {
  const of = (column: 'allergies' | 'dislikes') =>
    readCell({ cells, column, schema: diet, most: LONGEST_DIET })
  const allergies = of('allergies')
  const dislikes = of('dislikes')
  if (allergies === null && dislikes === null) return { diet: null, warnings: [] }
  const way = readWayCell(cells.consentWay ?? '')
  const on = readDateCell(cells.consentDate ?? '')
  if (way === null || on === null || on > today)
    return { diet: null, warnings: ['consent-missing'] }
  return { diet: { allergies, dislikes, way, on }, warnings: [] }
}

function collectCells({ cells }: CsvRecord, { columns }: ImportHeader): Cells {
  if (cells.length < columns.length) return unreadable('too-few-cells')
  if (cells.length > columns.length) return unreadable('too-many-cells')
  const named = columns.flatMap((column, place) =>
    column === null ? [] : [[column, unguardCell(cells[place] ?? '')] as const],
  )
  return Object.fromEntries(named)
}

function readPerson(cells: Cells, place: ImportPlace): Omit<ImportedLine, 'line'> {
  const name = readCell({ cells, column: 'name', schema: personName, most: LONGEST_NAME })
  const phone = readPhoneCell(cells, place)
  const address = readCell({ cells, column: 'email', schema: email, most: LONGEST_EMAIL })
  if (name === null) return unreadable('required', 'name')
  if (phone === null && address === null) return unreadable('no-contact')
  return {
    name,
    phone,
    email: address,
    locale: readLocale(cells),
    tags: readTags(cells),
    note: readCell({ cells, column: 'note', schema: note, most: LONGEST_NOTE }),
    ...readDiet(cells, place),
  }
}

/** A line of people's file as one of the guest book, or why it is refused. Null: there is nothing in it. */
export function readImportLine({
  record,
  header,
  place,
}: {
  record: CsvRecord
  header: ImportHeader
  place: ImportPlace
}): ImportedLine | LineVerdict | null {
  const { line } = record
  if (record.cells.every((cell) => cell.trim() === '')) return null
  try {
    return { line, ...readPerson(collectCells(record, header), place) }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const { reason, column } = error
    return { line, verdict: 'REFUSED', reason, ...(column && { column }), warnings: [] }
  }
}

/**
 * Finds the lines of a file that are about one person: the same phone, or without one the same address. The
 * first of them counts.
 */
export function createTwinFinder(): (line: ImportedLine) => number | null {
  const byPhone = new Map<string, number>()
  const byEmail = new Map<string, number>()
  return ({ line, phone, email: address }) => {
    const twin = phone === null ? byEmail.get(address ?? '') : byPhone.get(phone)
    if (twin !== undefined) return twin
    if (phone !== null) byPhone.set(phone, line)
    if (address !== null && !byEmail.has(address)) byEmail.set(address, line)
    return null
  }
}
