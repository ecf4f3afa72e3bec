import { z } from 'zod'
import { readStaffRole } from '@/domain/restaurant/queries'
import { cutPage, readCursor } from '@/lib/db/cursor'
import { pool } from '@/lib/db/database'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import {
  type GuestImport,
  type GuestImportPage,
  guestImport,
  guestImportPage,
  type LineVerdict,
} from './import.schema'

const listKey = z.tuple([z.string().regex(/^\d{1,9}$/)])
const POLL_AFTER_MS = 1_000

const READ_IMPORT = `
  SELECT i.id, i.dry_run AS "isDryRun", i.state, i.lines, i.lines_done AS "linesDone", i.counts,
         i.ignored_columns AS "ignoredColumns", iso_instant(now()) AS "asOf",
         (SELECT coalesce(json_agg(v.verdict ORDER BY v.line), '[]') FROM (
            SELECT e.verdict, (e.verdict ->> 'line')::int AS line
              FROM guest_import_parts p CROSS JOIN LATERAL jsonb_array_elements(p.verdicts) AS e(verdict)
             WHERE p.import_id = i.id AND p.verdicts IS NOT NULL
               AND (e.verdict ->> 'line')::int > $4::int
               AND (NOT $5::boolean OR e.verdict ->> 'verdict' IN ('REFUSED', 'SAME')
                    OR jsonb_array_length(e.verdict -> 'warnings') > 0)
             ORDER BY line LIMIT $6) v) AS verdicts
    FROM guest_imports i JOIN restaurants r ON r.id = i.restaurant_id AND r.deleted_at IS NULL
    JOIN accounts a ON a.id = $3
    LEFT JOIN restaurant_staff s ON s.restaurant_id = r.id AND s.account_id = a.id
   WHERE i.id = $2 AND r.id = $1 AND acting_role(a.role, a.owner_approved_at, s.role) = 'OWNER'`

type Row = Omit<GuestImportPage, 'counts' | 'state' | 'nextCursor' | 'pollAfterMs'> & {
  state: string
  counts: unknown
  verdicts: LineVerdict[]
}

/**
 * A long import as far as it is, with a page of its verdicts in the order of the file, for owners only, in
 * one statement. Refuses `not-found`, also for another restaurant's, a short one, and after a day.
 */
export async function readImport({
  restaurantId,
  importId,
  accountId,
  attention,
  cursor,
  limit,
}: {
  restaurantId: string
  importId: string
  accountId: string
  /** Only lines that are refused, left out, or have a warning. */
  attention: boolean
  cursor?: string | undefined
  limit: number
}): Promise<Result<GuestImportPage, 'not-found'>> {
  const [after] = readCursor(listKey, cursor) ?? ['0']
  const asked = [restaurantId, importId, accountId, Number(after), attention, limit + 1]
  const { rows } = await pool.query<Row>(READ_IMPORT, asked)
  const [row] = rows
  if (!row) return refuse('not-found')
  const { items: verdicts, nextCursor } = cutPage({
    rows: row.verdicts,
    limit,
    keyOf: ({ line }) => [String(line)],
  })
  const read = { ...row, verdicts, nextCursor, pollAfterMs: POLL_AFTER_MS }
  return succeed(guestImportPage.parse(read))
}

/** A restaurant's long import that is still running, without its verdicts. Null: none is. */
export async function findRunningImport(restaurantId: string): Promise<GuestImport | null> {
  const { rows } = await pool.query<object>(
    `SELECT id, dry_run AS "isDryRun", state, lines, lines_done AS "linesDone", counts,
            ignored_columns AS "ignoredColumns"
       FROM guest_imports WHERE restaurant_id = $1 AND state = 'RUNNING'`,
    [restaurantId],
  )
  const [running] = rows
  return running ? guestImport.parse({ ...running, verdicts: [] }) : null
}

/** Whether an account may import, asked before ten megabytes are read; an import locks the role itself. */
export const mayImport = async (asked: { accountId: string; restaurantId: string }) =>
  (await readStaffRole(asked)) === 'OWNER'
