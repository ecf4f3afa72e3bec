import { Readable } from 'node:stream'
import { setImmediate as rest } from 'node:timers/promises'
import { CsvError, parse } from 'csv-parse'
import iconv from 'iconv-lite'

/** CSV files as people's computers write them, for servers only. */

/** A line of the file: the number under which an editor shows it, and its cells. */
export type CsvRecord = { line: number; cells: string[] }

/** The file can't be read from this line on: a quote without its end, or a line that is no table's. */
export class BrokenCsv extends Error {
  constructor(readonly line: number) {
    super(`line ${line} can't be read`)
  }
}

/** Longer than any line of people's words; an open quote swallows the file up to here. */
const MOST_LINE_CHARACTERS = 32 * 1024
const PIECE_CHARACTERS = 64 * 1024
/** What iconv-lite puts in the place of bytes that are no letter; CP949 has no such letter itself. */
const NO_LETTER = '\uFFFD'

/**
 * The text of a file in UTF-8, else in CP949, which Korean Excel writes and of which EUC-KR is a part. Each
 * is read strictly: a file in both is neither. Null: in none of them. Not by Node's own decoder, whose
 * EUC-KR lacks the syllables that only CP949 has.
 */
export function decodeText(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const text = iconv.decode(bytes, 'cp949')
    return text.includes(NO_LETTER) ? null : text
  }
}

/** In pieces, between which other requests have their turn. */
async function* cut(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; ) {
    const end = at + PIECE_CHARACTERS
    // Half of a pair of surrogates is no letter.
    const next = /[\uDC00-\uDFFF]/.test(text.charAt(end)) ? end + 1 : end
    yield text.slice(at, next)
    at = next
    await rest()
  }
}

const LINE_BREAK = /\r\n|\r|\n/g
const CRLF = /\r\n/g
const countBreaks = (cells: readonly string[], breaks: RegExp) =>
  cells.reduce((count, cell) => count + (cell.match(breaks)?.length ?? 0), 0)

/**
 * Reads RFC 4180 with any line ends; lines may have more or fewer cells than the first, and empty ones are
 * left out. Throws `BrokenCsv`.
 */
export async function* readCsv(text: string): AsyncGenerator<CsvRecord> {
  let linesRead = 0
  /** A break of two characters inside quotes counts twice with the parser. */
  let doubled = 0
  /** Where the lines began that were read ahead. */
  const began: number[] = []
  const source = Readable.from(cut(text))
  const parser = source.pipe(
    parse({
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MOST_LINE_CHARACTERS,
      on_record: (cells, { lines }) => {
        doubled += countBreaks(cells, CRLF)
        linesRead = lines - doubled
        began.push(linesRead - countBreaks(cells, LINE_BREAK))
        return cells
      },
    }),
  )
  try {
    for await (const cells of parser) yield { line: began.shift() ?? linesRead, cells }
  } catch (error) {
    // Not its own line, which is where the file ends if a quote has no end.
    if (error instanceof CsvError) throw new BrokenCsv(linesRead + 1)
    throw error
  } finally {
    source.destroy()
  }
}
