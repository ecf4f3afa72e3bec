import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { checkSchema } from '@/prisma/check-schema'
import { readDatabaseUrls } from '@/prisma/environment'
import { applyMigrations, describeRefusal, migrateDatabase } from '@/prisma/migrate'

const folder = mkdtempSync(path.join(tmpdir(), 'bobjool-migrations-'))
const server = inject('stack').postgres
let name = ''

beforeEach(async () => {
  name = `bobjool_migrate_${randomUUID().slice(0, 8)}`
  const owner = new URL(server.ownerUrl).username
  await query({ sql: `CREATE DATABASE ${name} OWNER ${owner}`, url: server.superuserUrl })
  rmSync(folder, { recursive: true, force: true })
  write({ migration: '001_bowls', sql: 'CREATE TABLE bowls (id INT PRIMARY KEY);' })
  write({ migration: '002_rice', sql: 'ALTER TABLE bowls ADD rice TEXT;' })
})
afterEach(() => query({ sql: `DROP DATABASE ${name} WITH (FORCE)`, url: server.superuserUrl }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function nameUrl(url: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href
}

function write({ migration, sql }: { migration: string; sql: string }): void {
  mkdirSync(path.join(folder, migration), { recursive: true })
  writeFileSync(path.join(folder, migration, 'migration.sql'), sql)
}

async function query({
  sql,
  url = nameUrl(server.ownerUrl),
}: {
  sql: string
  url?: string
}): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const result = await client.query(sql).finally(() => client.end())
  return result.rows
}

function migrate() {
  return applyMigrations({ connectionString: nameUrl(server.ownerUrl), folder })
}

async function listColumns(): Promise<string[]> {
  const sql = `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'bowls'`
  return (await query({ sql })).map((row) => row.name)
}

describe('migrations', () => {
  test('are applied in order of their names, once, and recorded as Prisma records them', async () => {
    expect(await migrate()).toEqual({ ok: true, applied: ['001_bowls', '002_rice'] })
    expect(await migrate()).toEqual({ ok: true, applied: [] })
    expect(await listColumns()).toEqual(['id', 'rice'])
    const sql = 'SELECT * FROM _prisma_migrations ORDER BY migration_name'
    const [first] = await query({ sql })
    expect(first).toMatchObject({
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
      finished_at: expect.any(Date),
      rolled_back_at: null,
      applied_steps_count: 1,
    })
  })

  test('are applied once by three processes at once', async () => {
    const outcomes = await Promise.all([migrate(), migrate(), migrate()])
    const applied = outcomes.flatMap((outcome) => (outcome.ok ? outcome.applied : ['refused']))
    expect(applied).toEqual(['001_bowls', '002_rice'])
  })

  test('wait for the lock of Prisma Migrate', async () => {
    const prisma = new pg.Client({ connectionString: nameUrl(server.ownerUrl) })
    await prisma.connect()
    await prisma.query('SELECT pg_advisory_lock(72707369)')
    const waiting = migrate()
    await waitForWaiter(prisma)
    expect(await listColumns()).toEqual([])
    await prisma.end()
    expect(await waiting).toMatchObject({ ok: true })
  })

  test('that were edited after being applied are refused, and nothing after them runs', async () => {
    await migrate()
    write({ migration: '001_bowls', sql: 'CREATE TABLE bowls (id BIGINT PRIMARY KEY);' })
    write({ migration: '003_spoons', sql: 'CREATE TABLE spoons (id INT);' })
    expect(await migrate()).toEqual({ ok: false, reason: 'edited', migration: '001_bowls' })
    expect(await query({ sql: `SELECT to_regclass('spoons') AS found` })).toEqual([{ found: null }])
  })

  test('that another tool left half applied are refused', async () => {
    await migrate()
    const sql = `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '002_rice'`
    await query({ sql })
    expect(await migrate()).toEqual({ ok: false, reason: 'half-applied', migration: '002_rice' })
  })

  test('of a newer release are refused by name with what to do, before rights are touched', async () => {
    const databaseUrl = nameUrl(server.appUrl)
    const directUrl = nameUrl(server.ownerUrl)
    expect(await migrateDatabase({ databaseUrl, directUrl })).toMatchObject({ ok: true })
    await query({
      sql: `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name)
            VALUES ('newer', 'x', now(), '99990101000000_spoons');
            REVOKE SELECT ON reservations FROM ${new URL(databaseUrl).username}`,
    })
    const refusal = { ok: false, reason: 'newer', migration: '99990101000000_spoons' } as const
    expect(await migrateDatabase({ databaseUrl, directUrl })).toEqual(refusal)
    const told = describeRefusal(refusal)
    for (const word of ['99990101000000_spoons', 'Check out', 'docs/guides/backup.md'])
      expect(told).toContain(word)
    const asApp = query({ sql: 'SELECT FROM reservations', url: databaseUrl })
    await expect(asApp).rejects.toThrow('permission denied')
  })

  test('that were merged into others since are not missed', async () => {
    await migrate()
    rmSync(path.join(folder, '001_bowls'), { recursive: true })
    expect(await migrate()).toEqual({ ok: true, applied: [] })
  })

  test('that fail leave nothing behind, name the line, and run again once fixed', async () => {
    const wrong = 'CREATE TABLE spoons (id INT);\nALTER TABLE spoons ADD wood TIMBER;'
    write({ migration: '003_spoons', sql: wrong })
    expect(await migrate()).toMatchObject({
      ok: false,
      reason: 'failed',
      migration: '003_spoons',
      line: 2,
    })
    expect(await query({ sql: `SELECT to_regclass('spoons') AS found` })).toEqual([{ found: null }])
    write({ migration: '003_spoons', sql: wrong.replace('TIMBER', 'TEXT') })
    expect(await migrate()).toEqual({ ok: true, applied: ['003_spoons'] })
  })
})

async function waitForWaiter(client: pg.Client): Promise<void> {
  const sql = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  while ((await client.query(sql)).rows.length === 0);
}

describe('the addresses of the database', () => {
  const home = process.cwd()
  const { DATABASE_URL, DIRECT_DATABASE_URL } = process.env
  afterEach(() => {
    process.chdir(home)
    delete process.env.DIRECT_DATABASE_URL
    Object.assign(process.env, {
      DATABASE_URL,
      ...(DIRECT_DATABASE_URL && { DIRECT_DATABASE_URL }),
    })
  })

  test('are read from .env.local, then from .env, as the application reads them', () => {
    const own = mkdtempSync(path.join(tmpdir(), 'bobjool-environment-'))
    writeFileSync(path.join(own, '.env.local'), 'DATABASE_URL=postgresql://local/one\n')
    writeFileSync(
      path.join(own, '.env'),
      'DATABASE_URL=postgresql://env/two\nDIRECT_DATABASE_URL=postgresql://env/owner\n',
    )
    delete process.env.DATABASE_URL
    delete process.env.DIRECT_DATABASE_URL
    process.chdir(own)
    expect(readDatabaseUrls()).toEqual({
      databaseUrl: 'postgresql://local/one',
      directUrl: 'postgresql://env/owner',
    })
    rmSync(own, { recursive: true })
  })
})

describe("the application's role", () => {
  test('has its time limits, may write rows, and may touch neither schema nor history', async () => {
    const databaseUrl = nameUrl(server.appUrl)
    const directUrl = nameUrl(server.ownerUrl)
    expect(await migrateDatabase({ databaseUrl, directUrl })).toMatchObject({ ok: true })
    const asApp = (sql: string) => query({ sql, url: databaseUrl })
    expect(await asApp('SHOW lock_timeout')).toEqual([{ lock_timeout: '1s' }])
    expect(await asApp('SHOW statement_timeout')).toEqual([{ statement_timeout: '2s' }])
    await query({ sql: 'CREATE TABLE later (id SERIAL)' })
    expect(await asApp('INSERT INTO later DEFAULT VALUES RETURNING id')).toEqual([{ id: 1 }])
    await expect(asApp('DROP TABLE later')).rejects.toThrow('must be owner')
    await expect(asApp('CREATE TABLE own (id INT)')).rejects.toThrow('permission denied')
    await expect(asApp('DELETE FROM _prisma_migrations')).rejects.toThrow('permission denied')
  })

  test('has its rights where another role keeps an extension in the same schema', async () => {
    const databaseUrl = nameUrl(server.appUrl)
    const directUrl = nameUrl(server.ownerUrl)
    // Its view and functions belong to the superuser, who alone can grant rights on them.
    const install = 'CREATE EXTENSION pg_stat_statements SCHEMA public'
    await query({ sql: install, url: nameUrl(server.superuserUrl) })
    expect(await migrateDatabase({ databaseUrl, directUrl })).toMatchObject({ ok: true })
    const called = { sql: `SELECT iso_instant('2026-11-30T00:00:00Z') AS at`, url: databaseUrl }
    expect(await query(called)).toEqual([{ at: '2026-11-30T00:00:00.000Z' }])
  })
})

describe('the check of schema against migrations', () => {
  const schemaFolder = path.join(folder, 'schema')

  function writeSchema(model: string): void {
    mkdirSync(schemaFolder, { recursive: true })
    const datasource = 'datasource db {\n  provider = "postgresql"\n}\n'
    writeFileSync(path.join(schemaFolder, 'bowls.prisma'), datasource + model)
  }

  function check() {
    const connectionString = nameUrl(server.ownerUrl)
    return checkSchema({ connectionString, schemaFolder, migrationsFolder: folder })
  }

  beforeEach(() => {
    const sql = `CREATE FUNCTION count_bowls() RETURNS INT LANGUAGE plpgsql AS $$
      BEGIN PERFORM 1; RETURN (SELECT count(*) FROM bowls); END $$;
      ALTER TABLE bowls ADD CHECK (id > 0);`
    write({ migration: '003_function', sql })
  })

  test('agrees, with functions and checks in the migrations', async () => {
    writeSchema('model bowls {\n  id Int @id\n  rice String?\n}\n')
    expect(await check()).toEqual({ agrees: true })
  })

  test('prints the missing SQL, and leaves no database behind', async () => {
    writeSchema('model bowls {\n  id Int @id\n  rice String?\n  lid Boolean\n}\n')
    expect(await check()).toEqual({ agrees: false, sql: expect.stringContaining('"lid" BOOLEAN') })
    const sql = `SELECT datname FROM pg_database WHERE datname LIKE 'bobjool_shadow%'`
    expect(await query({ sql })).toEqual([])
    expect(await listColumns()).toEqual([])
  })

  test('finds the schema and the migrations of this project in agreement', async () => {
    expect(await checkSchema({ connectionString: nameUrl(server.ownerUrl) })).toEqual({
      agrees: true,
    })
  })
})
