export type CsvCell = string | number | boolean | null

/** Excel reads a file as UTF-8 only if it begins with this mark. */
export const CSV_BEGIN = '\uFEFF'
const LINE_END = '\r\n'

/**
 * Spreadsheets run a cell that begins like this as a formula, also behind spaces and as a full-width
 * letter (OWASP, CSV injection).
 */
const LIKE_FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠|%]|^[\t\r\n]/u

/** Also where apostrophes stand before it, so that the guard is told from one that was typed. */
const isGuarded = (cell: string) => LIKE_FORMULA.test(cell.replace(/^'+/, ''))

/** Quoted always, so that neither a separator nor a line break inside can end the cell. */
function writeCell(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const safe = isGuarded(cell) ? `'${cell}` : cell
  return `"${safe.replaceAll('"', '""')}"`
}

/** One line (RFC 4180) in which no text that somebody typed is run as a formula. */
export function writeCsvLine(cells: readonly CsvCell[]): string {
  return cells.map(writeCell).join(',') + LINE_END
}

/** A cell as it was before `writeCsvLine` guarded it; one that was written elsewhere stays. */
export const unguardCell = (cell: string): string =>
  cell.startsWith("'") && isGuarded(cell) ? cell.slice(1) : cell
