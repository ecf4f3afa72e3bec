import { lockStaffRole } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import { pool } from '@/lib/db/database'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import { ONE_GUEST } from './commands'
import type { GuestImport, LineVerdict, WaitingLine } from './import.schema'
import { MOST_LINES_AT_ONCE } from './import.types'
import { importBatch } from './import-batch.commands'
import { countVerdicts, cutBatches, NO_COUNTS } from './import-count.rules'
import { type FileRefusal, type ImportFile, readImportFile } from './import-file.queries'
import { workOnImport } from './import-work.commands'

const imports = createLimit({ name: 'guest-import:restaurant', tries: 60, windowSeconds: 3_600 })

/** As many lines as one transaction of a long import writes. */
const LINES_A_PART = 500
/** Parts of a file that one statement stages, some megabytes at most. */
const PARTS_A_STATEMENT = 20
const MOST_TRIES = 4

type Asked = {
  restaurantId: string
  isDryRun: boolean
  actor: StaffActor
}
type ImportRefusal = 'not-found' | 'rate-limited' | 'busy' | 'import-running' | FileRefusal

async function readPlace(restaurantId: string): Promise<{ timeZone: string; today: string }> {
  const { rows } = await pool.query<{ timeZone: string; today: string | null }>(
    `SELECT time_zone AS "timeZone", (now() AT TIME ZONE time_zone)::date AS today FROM restaurants WHERE id = $1`,
    [restaurantId],
  )
  const [place] = rows
  if (!place || place.today === null) throw new Error('the restaurant was not read')
  return { timeZone: place.timeZone, today: place.today }
}

const lockOwner = async (
  tx: Transaction,
  { restaurantId, actor, stop }: Asked & { stop: Stop<'not-found'> },
) => {
  const role = await lockStaffRole(tx, { ...actor, restaurantId })
  if (role !== 'OWNER') return stop(refuse('not-found'))
  return { ...actor, role }
}

/** In one transaction: a refusal leaves none of the lines written. */
async function importAtOnce({
  asked,
  file: { lines, ignoredColumns },
  timeZone,
}: {
  asked: Asked
  file: ImportFile
  timeZone: string
}): Promise<Result<GuestImport, 'not-found' | 'busy'>> {
  const { restaurantId, isDryRun } = asked
  const done = await runTransaction<LineVerdict[], 'not-found'>(
    async (tx, stop) => {
      const actor = await lockOwner(tx, { ...asked, stop })
      return importBatch(tx, { restaurantId, isDryRun, timeZone, lines, actor, importId: null })
    },
    { constraints: ONE_GUEST, tries: MOST_TRIES },
  )
  if (!done.ok) return done
  const verdicts = done.value
  return succeed({
    ...{ id: null, isDryRun, state: 'DONE', ignoredColumns, verdicts },
    ...{ lines: lines.length, linesDone: lines.length, counts: countVerdicts(verdicts) },
  })
}

async function stage(
  tx: Transaction,
  { importId, lines }: { importId: string; lines: readonly WaitingLine[] },
): Promise<void> {
  const parts = cutBatches(lines, LINES_A_PART).map((part) => JSON.stringify(part))
  for (const [index, some] of cutBatches(parts, PARTS_A_STATEMENT).entries())
    await tx.$executeRaw`
      INSERT INTO guest_import_parts (import_id, part, lines)
      SELECT ${importId}::uuid, (${index * PARTS_A_STATEMENT}::int + n.place)::int, n.lines::jsonb
        FROM unnest(${some}::text[]) WITH ORDINALITY AS n(lines, place)`
}

async function startImport(
  asked: Asked,
  { lines, ignoredColumns }: ImportFile,
): Promise<Result<GuestImport & { id: string }, 'not-found' | 'import-running' | 'busy'>> {
  const { restaurantId, isDryRun, actor } = asked
  return runTransaction<GuestImport & { id: string }, 'not-found' | 'import-running'>(
    async (tx, stop) => {
      await lockOwner(tx, { ...asked, stop })
      const [made] = await tx.$queryRaw<{ id: string }[]>`
        INSERT INTO guest_imports (restaurant_id, account_id, dry_run, lines, counts, ignored_columns)
        VALUES (${restaurantId}::uuid, ${actor.accountId}::uuid, ${isDryRun}, ${lines.length}::int,
                ${JSON.stringify(NO_COUNTS)}::jsonb, ${ignoredColumns}::text[])
        RETURNING id`
      if (!made) throw new Error('the import was not written')
      await stage(tx, { importId: made.id, lines })
      return {
        ...{ id: made.id, isDryRun, state: 'RUNNING', ignoredColumns, verdicts: [] },
        ...{ lines: lines.length, linesDone: 0, counts: NO_COUNTS },
      }
    },
    { constraints: { guest_imports_one_running: 'import-running' }, tries: MOST_TRIES },
  )
}

/**
 * Imports a list of people into a restaurant's guest book, or with `isDryRun` tells what it would do: every
 * line has a verdict, and is imported whole or not at all. Up to a thousand lines are done when it answers; a
 * longer file is staged, and goes on after the answer, by the sweep if this process ends. The same file again
 * changes nothing.
 *
 * For owners: a list of all guests is more than floor staff need. Locks the owner's role, then as
 * `importBatch`; a staged file does a part at a time.
 *
 * Refuses `not-found` (also to floor staff and admins), `rate-limited`, what is wrong with the file as a
 * whole, `import-running` while another long one is, and `busy`.
 */
export async function importGuests({
  bytes,
  later,
  ...asked
}: Asked & {
  bytes: Uint8Array
  /** Runs work after the answer has gone out. */
  later: (work: () => Promise<void>) => void
}): Promise<Result<GuestImport, ImportRefusal>> {
  const limited = await takeEach([[imports, asked.restaurantId]])
  if (limited) return limited
  const place = await readPlace(asked.restaurantId)
  const file = await readImportFile({ bytes, ...place })
  if (!file.ok) return file
  if (file.value.lines.length <= MOST_LINES_AT_ONCE)
    return importAtOnce({ asked, file: file.value, timeZone: place.timeZone })
  const started = await startImport(asked, file.value)
  if (started.ok) later(() => workOnImport({ importId: started.value.id }))
  return started
}
