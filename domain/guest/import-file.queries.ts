import { type Refusal, type Result, refuse, succeed } from '@/lib/problems/result'
import { BrokenCsv, decodeText, readCsv } from '@/lib/text/csv-file'
import { readPhone } from '@/lib/text/phone'
import type { LineVerdict, WaitingLine } from './import.schema'
import { MOST_LINES } from './import.types'
import { type ImportHeader, readHeader } from './import-columns.rules'
import { createTwinFinder, type ImportPlace, readImportLine } from './import-line.rules'

export type ImportFile = { lines: WaitingLine[]; ignoredColumns: string[] }

export type FileRefusal =
  | 'empty-file'
  | 'unknown-encoding'
  | 'broken-csv'
  | 'no-header'
  | 'column-twice'
  | 'too-many-columns'
  | 'too-many-lines'

function judgeHeader(cells: readonly string[]): Result<ImportHeader, FileRefusal> {
  const header = readHeader(cells)
  if ('refused' in header) return refuse(header.refused)
  return 'twice' in header ? refuse('column-twice', { column: header.twice }) : succeed(header)
}

async function readLines(
  text: string,
  place: ImportPlace,
): Promise<Result<ImportFile, FileRefusal>> {
  const lines: WaitingLine[] = []
  const findTwin = createTwinFinder()
  let header: ImportHeader | null = null
  for await (const record of readCsv(text)) {
    if (header === null) {
      const judged = judgeHeader(record.cells)
      if (!judged.ok) return judged
      header = judged.value
      continue
    }
    const read = readImportLine({ record, header, place })
    if (read === null) continue
    if (lines.length === MOST_LINES) return refuse('too-many-lines')
    lines.push('verdict' in read ? read : (judgeTwin(findTwin(read), read.line) ?? read))
  }
  if (header === null || lines.length === 0) return refuse('empty-file')
  return succeed({ lines, ignoredColumns: header.ignored })
}

const judgeTwin = (sameAs: number | null, line: number): LineVerdict | null =>
  sameAs === null ? null : { line, verdict: 'SAME', sameAs, warnings: [] }

/**
 * A file of people as lines for the guest book, each readable or with its verdict. What is wrong with the
 * whole file refuses it, and names the line where it can't be read on.
 */
export async function readImportFile({
  bytes,
  timeZone,
  today,
}: {
  bytes: Uint8Array
  /** Of the restaurant, whose country's numbers have no country code, and the present day there. */
  timeZone: string
  today: string
}): Promise<Result<ImportFile, FileRefusal>> {
  if (bytes.length === 0) return refuse('empty-file')
  const text = decodeText(bytes)
  if (text === null) return refuse('unknown-encoding')
  const place = { today, readPhone: (typed: string) => readPhone({ typed, timeZone }) }
  return readLines(text, place).catch((error: unknown): Refusal<FileRefusal> => {
    if (error instanceof BrokenCsv) return refuse('broken-csv', { line: error.line })
    throw error
  })
}
