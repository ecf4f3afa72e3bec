import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { databaseErrorCode } from '@/lib/db/database-error'
import type { StackAddress } from './stack'

interface DatabaseUrls {
  appUrl: string
  ownerUrl: string
}

let current: DatabaseUrls | null = null

/**
 * A fresh copy of the migrated template for this test file, under the file's own name. Connections
 * that an earlier file left open on it are cut. The setup file calls it before it loads a test
 * file.
 */
export async function cloneWorkerDatabase({
  stack,
  slot,
}: {
  stack: StackAddress
  slot: number
}): Promise<DatabaseUrls> {
  const name = `bobjool_test_${slot}`
  const client = new pg.Client({ connectionString: stack.postgres.superuserUrl })
  await client.connect()
  try {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    const owner = new URL(stack.postgres.ownerUrl).username
    await client.query(`CREATE DATABASE ${name} OWNER ${owner} TEMPLATE ${stack.templateDatabase}`)
  } finally {
    await client.end()
  }
  current = {
    appUrl: renameDatabase({ url: stack.postgres.appUrl, name }),
    ownerUrl: renameDatabase({ url: stack.postgres.ownerUrl, name }),
  }
  return current
}

function renameDatabase({ url, name }: { url: string; name: string }): string {
  const renamed = new URL(url)
  renamed.pathname = `/${name}`
  return renamed.href
}

export interface TestDatabase {
  /** As the application connects: rights on rows, time limits of one and two seconds. */
  databaseUrl: string
  /** As migrations connect: owns everything, no limits. */
  directUrl: string
  /** For commands to the server, such as ending sessions. */
  superuserUrl: string
  /** The owner's connections, apart from the code's own pool. */
  pool: pg.Pool
  /** Runs as the owner; `SELECT`s for assertions, `UPDATE`s that move time. */
  query: <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>
  /** Empties every table of the product and resets its sequences. */
  truncateAll: () => Promise<void>
}

/**
 * The database of this test file. `lib/db` is already connected to it; this pool is separate, so
 * that a test can read and move rows whatever state the code's own pool is in.
 */
export function useDatabase(): TestDatabase {
  if (!current)
    throw new Error('useDatabase() works in files under tests/ only: see vitest.config.ts.')
  const { appUrl, ownerUrl } = current
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 4 })
  const superuserUrl = renameDatabase({
    url: inject('stack').postgres.superuserUrl,
    name: new URL(ownerUrl).pathname.slice(1),
  })
  const superusers = new pg.Pool({ connectionString: superuserUrl, max: 1 })
  for (const own of [pool, superusers]) own.on('error', () => {})
  afterAll(() => Promise.all([pool.end(), superusers.end()]))
  return {
    databaseUrl: appUrl,
    directUrl: ownerUrl,
    superuserUrl,
    pool,
    query: async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
      (await pool.query<Row>(sql, values)).rows,
    truncateAll: () => truncateAll(superusers),
  }
}

const DEADLOCK = '40P01'

/** What no test leaves behind in rows alone; above it a table is cut off rather than swept. */
const SWEPT_BYTES = 2 ** 21

/**
 * Deletes rather than truncates: most tables are empty after most tests, and `TRUNCATE` gives each
 * of them and of their indexes a new file all the same. The locks are those of `TRUNCATE`, so what
 * a server still does ends first and leaves nothing.
 */
async function truncateAll(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    const found = await client.query<{ name: string; sequence: string | null; bytes: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name,
              (SELECT format('%I.%I', n.nspname, s.relname)
                 FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                 JOIN pg_namespace n ON n.oid = s.relnamespace
                WHERE d.refobjid = to_regclass(format('%I.%I', schemaname, tablename))
                  AND d.deptype IN ('a', 'i') LIMIT 1) AS sequence,
              pg_relation_size(to_regclass(format('%I.%I', schemaname, tablename))) AS bytes
         FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
    )
    if (found.rows.length > 0) await empty(client, planEmptying(found.rows))
  } finally {
    client.release()
  }
}

function planEmptying(
  tables: { name: string; sequence: string | null; bytes: string }[],
): string[] {
  const names = tables.map(({ name }) => name).join(', ')
  if (tables.some(({ bytes }) => Number(bytes) > SWEPT_BYTES))
    return [`TRUNCATE ${names} RESTART IDENTITY CASCADE`]
  return [
    `LOCK TABLE ${names} IN ACCESS EXCLUSIVE MODE`,
    // Neither foreign keys nor the triggers that keep history from being deleted.
    'SET LOCAL session_replication_role = replica',
    ...tables.map(({ name }) => `DELETE FROM ${name}`),
    ...tables.flatMap(({ sequence }) =>
      sequence ? [`SELECT setval('${sequence}', 1, false)`] : [],
    ),
  ]
}

/** A server still cleaning up after the previous test locks the tables in another order. */
async function empty(client: pg.PoolClient, statements: string[], triesLeft = 5): Promise<void> {
  try {
    await client.query(`BEGIN; ${statements.join('; ')}; COMMIT`)
  } catch (error) {
    await client.query('ROLLBACK')
    if (databaseErrorCode(error) !== DEADLOCK || triesLeft === 0) throw error
    await empty(client, statements, triesLeft - 1)
  }
}
