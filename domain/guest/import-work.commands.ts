import { z } from 'zod'
import { lockStaffRole } from '@/domain/restaurant/commands'
import { pool } from '@/lib/db/database'
import { runTransaction, type Transaction } from '@/lib/db/transaction'
import { log } from '@/lib/log'
import { ONE_GUEST } from './commands'
import { importCounts, waitingLine } from './import.schema'
import { importBatch } from './import-batch.commands'
import { countVerdicts } from './import-count.rules'

/** A worker that has finished no part for so long has stopped, and another goes on. */
const STALLED_SECONDS = 20
/** An import of which a part can't be written is given up, visibly. */
const MOST_ATTEMPTS = 5
const MOST_TRIES = 4
/** A sweep has other work too; the next goes on. */
const PARTS_A_SWEEP = 20

type Job = { restaurantId: string; accountId: string | null; dryRun: boolean; timeZone: string }

/** Ends an import, and deletes every line of it that still waits. */
async function endImport(
  tx: Transaction,
  { importId, state }: { importId: string; state: 'DONE' | 'FAILED' },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE guest_import_parts SET lines = NULL WHERE import_id = ${importId}::uuid AND lines IS NOT NULL`
  await tx.$executeRaw`UPDATE guest_imports SET state = ${state} WHERE id = ${importId}::uuid`
}

const parts = z.array(waitingLine)

/** The next part, with the import locked. Null: none waits, or another worker is at it. */
async function lockPart(tx: Transaction, importId: string) {
  const [running] = await tx.$queryRaw<{ counts: unknown }[]>`
    SELECT counts FROM guest_imports WHERE id = ${importId}::uuid AND state = 'RUNNING' FOR UPDATE SKIP LOCKED`
  if (!running) return null
  const [waiting] = await tx.$queryRaw<{ part: number; lines: unknown }[]>`
    SELECT part, lines FROM guest_import_parts
     WHERE import_id = ${importId}::uuid AND lines IS NOT NULL ORDER BY part LIMIT 1`
  return {
    counts: importCounts.parse(running.counts),
    waiting: waiting && { part: waiting.part, lines: parts.parse(waiting.lines) },
  }
}

async function importPart(tx: Transaction, importId: string): Promise<boolean> {
  const [job] = await tx.$queryRaw<Job[]>`
    SELECT i.restaurant_id AS "restaurantId", i.account_id AS "accountId", i.dry_run AS "dryRun",
           r.time_zone AS "timeZone"
      FROM guest_imports i JOIN restaurants r ON r.id = i.restaurant_id WHERE i.id = ${importId}::uuid`
  if (!job) return false
  const { restaurantId, accountId, dryRun: isDryRun, timeZone } = job
  const role = accountId === null ? null : await lockStaffRole(tx, { accountId, restaurantId })
  const locked = await lockPart(tx, importId)
  if (!locked) return false
  const { waiting, counts } = locked
  if (role !== 'OWNER' || !waiting) {
    await endImport(tx, { importId, state: waiting ? 'FAILED' : 'DONE' })
    return false
  }
  const actor = { accountId, role, address: null }
  const verdicts = await importBatch(tx, {
    ...{ restaurantId, timeZone, isDryRun, actor, importId },
    lines: waiting.lines,
  })
  await tx.$executeRaw`
    UPDATE guest_import_parts SET lines = NULL, verdicts = ${JSON.stringify(verdicts)}::jsonb
     WHERE import_id = ${importId}::uuid AND part = ${waiting.part}::int`
  await tx.$executeRaw`
    UPDATE guest_imports
       SET lines_done = lines_done + ${verdicts.length}::int, worked_at = now(), attempts = 0,
           counts = ${JSON.stringify(countVerdicts(verdicts, counts))}::jsonb
     WHERE id = ${importId}::uuid`
  return true
}

/**
 * Goes on with an import until all its parts are done: each is a transaction that writes its lines, their
 * verdicts and the progress together, and deletes the staged lines, so that a process that stops anywhere
 * loses nothing and repeats nothing. An import whose account is no owner any more fails.
 *
 * Locks the owner's role, then the import, skipping one that another worker holds, then as `importBatch`.
 */
export async function workOnImport({
  importId,
  mostParts = Number.POSITIVE_INFINITY,
}: {
  importId: string
  mostParts?: number | undefined
}): Promise<void> {
  for (let part = 1; part <= mostParts; part += 1) {
    const done = await runTransaction<boolean, never>((tx) => importPart(tx, importId), {
      constraints: ONE_GUEST,
      tries: MOST_TRIES,
    })
    if (!done.ok || !done.value) return
  }
}

/** Takes over imports whose worker has stopped, or the one that is named; gives up those that keep failing. */
async function takeStalled(importId: string | null): Promise<string[]> {
  const { rows } = await pool.query<{ id: string; attempts: number }>(
    `UPDATE guest_imports SET attempts = attempts + 1, worked_at = now()
      WHERE id = ANY (ARRAY(
        SELECT i.id FROM guest_imports i
         WHERE i.state = 'RUNNING' AND i.worked_at < now() - make_interval(secs => ${STALLED_SECONDS})
           AND ($1::uuid IS NULL OR i.id = $1::uuid) ORDER BY i.id FOR UPDATE SKIP LOCKED))
      RETURNING id, attempts`,
    [importId],
  )
  const lost = rows.filter(({ attempts }) => attempts > MOST_ATTEMPTS)
  for (const { id } of lost) {
    log.error({ importId: id }, 'a guest import was given up')
    await runTransaction((tx) => endImport(tx, { importId: id, state: 'FAILED' }))
  }
  return rows.filter(({ attempts }) => attempts <= MOST_ATTEMPTS).map(({ id }) => id)
}

/** Goes on with imports whose worker has stopped: all of them, or the one that is named. */
export async function continueImports(
  importId: string | null = null,
): Promise<{ continued: number }> {
  const stalled = await takeStalled(importId)
  const mostParts = importId === null ? PARTS_A_SWEEP : undefined
  for (const id of stalled) await workOnImport({ importId: id, mostParts })
  return { continued: stalled.length }
}
