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
  pool.on('error', () => {})
  afterAll(() => pool.end())
  return {
    databaseUrl: appUrl,
    directUrl: ownerUrl,
    superuserUrl: renameDatabase({
      url: inject('stack').postgres.superuserUrl,
      name: new URL(ownerUrl).pathname.slice(1),
    }),
    pool,
    query: async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
      (await pool.query<Row>(sql, values)).rows,
    truncateAll: () => truncateAll(pool),
  }
}

const DEADLOCK = '40P01'

async function truncateAll(pool: pg.Pool): Promise<void> {
  const found = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  )
  const names = found.rows.map((row) => row.name)
  if (names.length > 0) await truncate(`TRUNCATE ${names.join(', ')} RESTART IDENTITY CASCADE`)

  /** A server still cleaning up after the previous test locks the tables in another order. */
  async function truncate(sql: string, triesLeft = 5): Promise<void> {
    try {
      await pool.query(sql)
    } catch (error) {
      if (databaseErrorCode(error) !== DEADLOCK || triesLeft === 0) throw error
      await truncate(sql, triesLeft - 1)
    }
  }
}
