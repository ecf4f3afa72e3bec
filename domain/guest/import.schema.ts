import { z } from 'zod'
import { bookColumns } from './book-file.types'
import { lineReasons, lineVerdicts, lineWarnings } from './import.types'

/** What an import does with one line of its file. */
export const lineVerdict = z.object({
  /** As editors count: the header is line 1. */
  line: z.int(),
  verdict: z.enum(lineVerdicts),
  /** The guest whom the line changes or leaves as they are; a dry run has no id for a new one. Absent: none. */
  guestId: z.uuid().optional(),
  /** The line that is about the same person. */
  sameAs: z.int().optional(),
  reason: z.enum(lineReasons).optional(),
  /** The column that it is refused for. Absent: the whole line. */
  column: z.enum(bookColumns).optional(),
  warnings: z.array(z.enum(lineWarnings)),
})
export type LineVerdict = z.infer<typeof lineVerdict>
export type LineReason = NonNullable<LineVerdict['reason']>
export type LineWarning = LineVerdict['warnings'][number]

/** Lines by their verdict, and of them all those with a warning. */
export const importCounts = z.object({
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  same: z.int(),
  refused: z.int(),
  warned: z.int(),
})
export type ImportCounts = z.infer<typeof importCounts>

export const guestImport = z.object({
  /** Null: it was answered at once, and there is nothing to come back for. */
  id: z.uuid().nullable(),
  isDryRun: z.boolean(),
  state: z.enum(['RUNNING', 'DONE', 'FAILED']),
  /** Lines of the file without its header, and how many of them have their verdict. */
  lines: z.int(),
  linesDone: z.int(),
  counts: importCounts,
  /** Columns that are no part of a guest book, which are left out. */
  ignoredColumns: z.array(z.string()),
  verdicts: z.array(lineVerdict),
})
export type GuestImport = z.infer<typeof guestImport>

export const guestImportPage = guestImport.extend({
  id: z.uuid(),
  nextCursor: z.string().nullable(),
  asOf: z.iso.datetime(),
  pollAfterMs: z.int(),
})
export type GuestImportPage = z.infer<typeof guestImportPage>

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')
export const importQuery = z.strictObject({ dryRun: flag.default(false) })
export const importPageQuery = z.strictObject({
  /** Only lines that are refused, left out, or have a warning. */
  attention: flag.default(false),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** The diet that a line names, and the consent under which it may be kept. */
const importedDiet = z.object({
  allergies: z.string().nullable(),
  dislikes: z.string().nullable(),
  way: z.string(),
  /** The day, in the restaurant's time zone. */
  on: z.iso.date(),
})

/** A readable line that is about a person of its own, as it waits for its verdict. */
export const importedLine = z.object({
  line: z.int(),
  name: z.string(),
  /** E.164. */
  phone: z.string().nullable(),
  email: z.string().nullable(),
  locale: z.string().nullable(),
  tags: z.array(z.string()),
  note: z.string().nullable(),
  diet: importedDiet.nullable(),
  warnings: z.array(z.enum(lineWarnings)),
})
export type ImportedLine = z.infer<typeof importedLine>

/** What waits for its batch: a line to import, or one whose verdict stands already. */
export const waitingLine = z.union([lineVerdict, importedLine])
export type WaitingLine = z.infer<typeof waitingLine>
