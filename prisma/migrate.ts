import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { prepareAppRole } from './app-role'
import { readDatabaseUrls } from './environment'
import type { Migration } from './migration-folder'
import { readMigrations } from './migration-folder'

/** The lock key of Prisma Migrate: if both run, the second waits. */
const MIGRATION_LOCK = 72_707_369
const LOCK_WAIT = '60s'
const MIGRATIONS_FOLDER = path.join(import.meta.dirname, 'migrations')

export type MigrationRefusal =
  | { ok: false; reason: 'edited'; migration: string }
  | { ok: false; reason: 'half-applied'; migration: string }
  | { ok: false; reason: 'failed'; migration: string; message: string; line: number | null }
  | { ok: false; reason: 'newer'; migration: string }
  | { ok: false; reason: 'busy' }

export type MigrationOutcome = { ok: true; applied: string[] } | MigrationRefusal

export interface MigrationOrder {
  /** The owner's direct connection: the lock belongs to a session, which a pooler would share. */
  connectionString: string
  folder?: string
  report?: (line: string) => void
}

/**
 * Applies missing migrations, one transaction each, and records them in Prisma's own table, so that
 * Prisma's engine finds everything applied. Holds a session lock meanwhile: a second process waits
 * up to a minute and then finds nothing left to do.
 */
export async function applyMigrations(order: MigrationOrder): Promise<MigrationOutcome> {
  const client = new pg.Client({ connectionString: order.connectionString })
  await client.connect()
  try {
    // The role may carry the application's time limits; building an index takes longer.
    await client.query(`SET statement_timeout = 0; SET lock_timeout = '${LOCK_WAIT}'`)
    if (!(await takeLock(client))) return { ok: false, reason: 'busy' }
    return await applyMissing({ client, order })
  } finally {
    await client.end()
  }
}

async function takeLock(client: pg.Client): Promise<boolean> {
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    return true
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '55P03') return false
    throw error
  }
}

async function applyMissing({
  client,
  order,
}: {
  client: pg.Client
  order: MigrationOrder
}): Promise<MigrationOutcome> {
  await client.query(MIGRATIONS_TABLE)
  const migrations = readMigrations(order.folder ?? MIGRATIONS_FOLDER)
  const history = await readHistory(client)
  const refusal = findRefusal({ migrations, history })
  if (refusal) return refusal
  const applied: string[] = []
  for (const migration of migrations) {
    if (history.some((row) => row.name === migration.name)) continue
    const failure = await applyOne({ client, migration })
    if (failure) return failure
    applied.push(migration.name)
    order.report?.(`applied ${migration.name}`)
  }
  return { ok: true, applied }
}

interface HistoryRow {
  name: string
  checksum: string
  finishedAt: Date | null
}

/** A migration rolled back by hand (`prisma migrate resolve --rolled-back`) is applied again. */
async function readHistory(client: pg.Client): Promise<HistoryRow[]> {
  const found = await client.query<HistoryRow>(
    `SELECT migration_name AS name, checksum, finished_at AS "finishedAt"
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  )
  return found.rows
}

function findRefusal({
  migrations,
  history,
}: {
  migrations: Migration[]
  history: HistoryRow[]
}): MigrationRefusal | null {
  const halfApplied = history.find((row) => row.finishedAt === null)
  if (halfApplied) return { ok: false, reason: 'half-applied', migration: halfApplied.name }
  const edited = migrations.find((migration) =>
    history.some((row) => row.name === migration.name && row.checksum !== migration.checksum),
  )
  if (edited) return { ok: false, reason: 'edited', migration: edited.name }
  const newest = migrations.at(-1)?.name ?? ''
  const newer = history.find((row) => row.name > newest)
  return newer ? { ok: false, reason: 'newer', migration: newer.name } : null
}

async function applyOne({
  client,
  migration,
}: {
  client: pg.Client
  migration: Migration
}): Promise<MigrationRefusal | null> {
  const { name, sql, checksum } = migration
  try {
    await client.query('BEGIN')
    await client.query(sql)
    await client.query(
      `INSERT INTO _prisma_migrations
         (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       VALUES ($1, $2, clock_timestamp(), $3, now(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
    return null
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    await client.query('ROLLBACK')
    const line = error.position ? sql.slice(0, Number(error.position)).split('\n').length : null
    return { ok: false, reason: 'failed', migration: name, message: error.message, line }
  }
}

const MIGRATIONS_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`

/** What went wrong and how to fix it, for a person at a terminal. */
export function describeRefusal(refusal: MigrationRefusal): string {
  switch (refusal.reason) {
    case 'edited':
      return (
        `Migration ${refusal.migration} was changed after it had been applied here. ` +
        'Put the file back as it was and write a new migration for the change.'
      )
    case 'half-applied':
      return (
        `Migration ${refusal.migration} was begun in this database and never finished. ` +
        'Repair by hand what it left, then set rolled_back_at (to run it again) or finished_at ' +
        '(when it is complete) on its row in _prisma_migrations.'
      )
    case 'newer':
      return (
        `The schema of this database is newer than this release: it has the migration ${refusal.migration}, ` +
        'which this release does not know. Nothing was changed. Check out the release that was last ' +
        'deployed on it and migrate from there; the release before that one runs on it as it is. Was ' +
        'an older backup to be here: restore it into an empty cluster (docs/guides/backup.md).'
      )
    case 'failed': {
      const place = refusal.line === null ? '' : ` near line ${refusal.line}`
      return `Migration ${refusal.migration} failed${place} and was rolled back: ${refusal.message}`
    }
    case 'busy':
      return 'Another migration has been running for a minute. Wait for it to end, then try again.'
  }
}

export interface DatabaseOrder {
  /** The owner's connection. */
  directUrl: string
  /** The application's connection; the same role as the owner's is allowed. */
  databaseUrl: string
  report?: (line: string) => void
}

/** Brings a database up to date and gives the application's role its rights and time limits. */
export async function migrateDatabase(order: DatabaseOrder): Promise<MigrationOutcome> {
  const { directUrl, databaseUrl, report } = order
  const outcome = await applyMigrations({ connectionString: directUrl, report })
  if (outcome.ok) await prepareAppRole({ directUrl, databaseUrl })
  return outcome
}

async function main(): Promise<number> {
  const urls = readDatabaseUrls()
  if (!urls) {
    process.stderr.write('Set DIRECT_DATABASE_URL (or DATABASE_URL) to the database to migrate.\n')
    return 1
  }
  const report = (line: string) => process.stdout.write(`${line}\n`)
  const outcome = await migrateDatabase({ ...urls, report })
  if (!outcome.ok) {
    process.stderr.write(`${describeRefusal(outcome)}\n`)
    return 1
  }
  if (outcome.applied.length === 0) report('The database is up to date.')
  return 0
}

const isRunDirectly =
  process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href
if (isRunDirectly) {
  main().then(
    (exitCode) => {
      process.exitCode = exitCode
    },
    (error: Error) => {
      process.stderr.write(`The migration could not run: ${error.message}\n`)
      process.exitCode = 1
    },
  )
}
