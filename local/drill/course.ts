import { chownSync, mkdirSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { findClusterData } from '@/local/postgres/cluster'
import { APP_ROLE } from '@/local/postgres/roles'
import { findSystemUser } from '@/local/postgres/system-user'
import type { Progress } from '@/local/progress.mjs'
import { type AddStop, runWithStops } from '@/local/run-with-stops'
import type { Inventory } from './inventory'
import { compareInventories, describeInventory, takeInventory } from './inventory'
import { findDrillPrograms } from './programs'
import {
  ARCHIVE_TIMEOUT_SECONDS,
  bookTables,
  DATABASE,
  type Drill,
  FOLDER,
  prepare,
  startDrill,
  withDatabase,
} from './stage'

const AWAY_MS = 30_000

/**
 * Loses a database and brings it back: fills one, backs it up, books on, has an accident, loses the disk,
 * restores the instant before the accident, compares everything, and books a table. Returns 1 where
 * anything differs.
 */
export function drillRestore(order: { progress: Progress; isSpoiled: boolean }): Promise<number> {
  const { progress } = order
  return runWithStops({ progress, work: (addStop) => runDrill({ ...order, addStop }) })
}

async function runDrill({
  progress,
  isSpoiled,
  addStop,
}: {
  progress: Progress
  isSpoiled: boolean
  addStop: AddStop
}): Promise<number> {
  const programs = await progress.step("Debian's PostgreSQL and pgBackRest", findDrillPrograms)
  const drill = await startDrill({ progress, programs, addStop })
  const before = await fillAndBackUp(drill)
  const { segmentMs } = await haveAccident(drill)
  const startedAt = performance.now()
  await loseAndRestore({ drill, instant: before.instant })
  if (isSpoiled) await spoil(drill)
  const differences = await progress.step('Comparing', () => compare({ drill, before }))
  for (const each of differences) progress.say(`  ! ${each}`)
  if (differences.length > 0) throw new Error(`${differences.length} differences: see above.`)
  await bookAgain(drill)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  progress.say(`
  Compared: ${describeInventory(before.inventory)}.
  RPO: what was committed in the last ${ARCHIVE_TIMEOUT_SECONDS} s (archive_timeout) and ${(segmentMs / 1000).toFixed(1)} s (a segment's way into the repository).
  RTO: ${seconds} s from the lost disk to a booked table, ${before.megabytes} MB.`)
  return 0
}

interface Before {
  instant: string
  inventory: Inventory
  megabytes: number
}

async function fillAndBackUp(drill: Drill): Promise<Before> {
  const { progress, repository, cluster } = drill
  await progress.step('Roles and schema', () => prepare(cluster))
  await progress.step('A restaurant, its fortnight, its reservations', () =>
    bookTables({ cluster, count: 5, flags: ['--seed'] }),
  )
  const { password } = cluster
  await progress.step('A full backup', async () => {
    await repository.run({ args: ['stanza-create'], password })
    await repository.run({ args: ['check'], password })
    await repository.run({ args: ['backup', '--type=full'], password })
  })
  await progress.step('Five reservations after the backup', () =>
    bookTables({ cluster, count: 5, flags: [] }),
  )
  return progress.step('Noting the instant, and what there is', () =>
    withDatabase(cluster, async (client) => {
      const inventory = await takeInventory(client)
      // pgBackRest compares whole seconds when it looks for a backup before the instant.
      const { rows } = await client.query<{ instant: string; megabytes: number }>(
        `SELECT clock_timestamp()::text AS instant,
                (pg_database_size(current_database()) / 1e6)::int AS megabytes FROM pg_sleep(1)`,
      )
      return { inventory, instant: rows[0]?.instant ?? '', megabytes: rows[0]?.megabytes ?? 0 }
    }),
  )
}

/** Somebody empties tables, drops one and takes the application's limits away. Then the disk is lost. */
async function haveAccident({ progress, cluster }: Drill): Promise<{ segmentMs: number }> {
  await progress.step('An accident: tables emptied and dropped, limits gone', () =>
    withDatabase(cluster, (client) =>
      client.query(`
        TRUNCATE restaurants CASCADE;
        DROP TABLE reservations CASCADE;
        ALTER ROLE ${APP_ROLE} RESET ALL;
        ALTER ROLE ${APP_ROLE} IN DATABASE ${DATABASE} RESET ALL;`),
    ),
  )
  return progress.step('The newest log reaches the repository', () =>
    withDatabase(cluster, async (client) => {
      const startedAt = performance.now()
      await awaitArchived(client)
      return { segmentMs: performance.now() - startedAt }
    }),
  )
}

/** What `archive_timeout` does by itself. Until the segment is in the repository it can be lost. */
async function awaitArchived(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ segment: string }>(
    'SELECT pg_walfile_name(pg_switch_wal()) AS segment',
  )
  const segment = rows[0]?.segment ?? ''
  for (const startedAt = performance.now(); performance.now() - startedAt < AWAY_MS; ) {
    const found = await client.query<{ newest: string | null }>(
      `SELECT last_archived_wal AS newest FROM pg_stat_archiver`,
    )
    if ((found.rows[0]?.newest ?? '') >= segment) return
    await sleep(50)
  }
  throw new Error(
    `Segment ${segment} does not reach the repository: see .local/drill/postgres.log.`,
  )
}

async function loseAndRestore({
  drill,
  instant,
}: {
  drill: Drill
  instant: string
}): Promise<void> {
  const { progress, repository, cluster } = drill
  await progress.step('The disk is lost', async () => {
    // At once: a shutdown in order would archive what a lost disk takes with it.
    process.kill(cluster.process.pid, 'SIGQUIT')
    await cluster.process.exited
    layEmptyDisk(findClusterData(FOLDER))
  })
  await progress.step(`Restoring ${instant}`, () =>
    repository.run({
      args: ['restore', '--type=time', `--target=${instant}`, '--target-action=promote'],
      password: cluster.password,
    }),
  )
  await progress.step('Replaying the log up to there', async () => {
    drill.cluster = await drill.start()
    await withDatabase(drill.cluster, awaitPromoted)
  })
}

function layEmptyDisk(folder: string): void {
  const owner = findSystemUser()
  rmSync(folder, { recursive: true })
  mkdirSync(folder, { mode: 0o700 })
  if (owner) chownSync(folder, owner.uid, owner.gid)
}

async function awaitPromoted(client: pg.Client): Promise<void> {
  for (const startedAt = performance.now(); performance.now() - startedAt < AWAY_MS; ) {
    const { rows } = await client.query<{ isOpen: boolean }>(
      'SELECT NOT pg_is_in_recovery() AS "isOpen"',
    )
    if (rows[0]?.isOpen) return
    await sleep(50)
  }
  throw new Error('The cluster does not end its recovery: see .local/drill/postgres.log.')
}

async function compare({ drill, before }: { drill: Drill; before: Before }): Promise<string[]> {
  const found = await withDatabase(drill.cluster, takeInventory)
  return compareInventories({ noted: before.inventory, found })
}

/** The control: the drill must see that these are gone. */
async function spoil({ progress, cluster }: Drill): Promise<void> {
  await progress.step('Spoiling what was restored', () =>
    withDatabase(cluster, (client) =>
      client.query(`
        ALTER TABLE reservation_slots DROP CONSTRAINT reservation_slots_pkey CASCADE;
        DROP FUNCTION iso_instant CASCADE;
        DELETE FROM restaurant_closures;
        ALTER ROLE ${APP_ROLE} RESET lock_timeout;`),
    ),
  )
}

async function bookAgain({ progress, cluster }: Drill): Promise<void> {
  await progress.step('Booking a table', async () => {
    const [id] = await bookTables({ cluster, count: 1, flags: [] })
    const found = await withDatabase(cluster, (client) =>
      client.query(`SELECT FROM reservations WHERE id = $1 AND status = 'CONFIRMED'`, [id]),
    )
    if (found.rowCount !== 1) throw new Error('The reservation that was made is not there.')
  })
}
