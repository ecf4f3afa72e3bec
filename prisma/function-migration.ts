import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { compareDefinitions, type Definition, readDefinitions } from './function-definitions'
import type { FunctionFile } from './function-files'
import { readMigrations } from './migration-folder'

interface MigrationOrder {
  /** Connected to a migrated database. */
  client: pg.ClientBase
  files: FunctionFile[]
  /** In the order in which they are created; none: everything that differs. */
  names: string[]
}

/** Invalid function definition, invalid table definition: a replacement that Postgres refuses. */
const REFUSED_REPLACEMENTS = new Set(['42P13', '42P16'])

/**
 * The SQL that makes a migrated database match the files, tried on it and rolled back. A definition
 * with a new signature is dropped first, one without a file is dropped last. Throws where Postgres
 * does: for a function before the one it calls, or a drop that something depends on.
 */
export async function planFunctionMigration(order: MigrationOrder): Promise<string> {
  const { client, files } = order
  const differing = (await compareDefinitions({ client, files })).map(({ name }) => name)
  const names = order.names.length > 0 ? order.names : [...new Set(differing)]
  const same = names.find((name) => !differing.includes(name))
  if (same) throw new Error(`${same} is in the migrations as its file has it, or in neither`)
  if (names.length === 0) throw new Error('The migrations make what the files say')
  const wanted = names.flatMap((name) => files.filter((file) => file.name === name))
  const existing = (await readDefinitions(client)).filter(({ name }) => names.includes(name))
  const inTheWay = await findInTheWay({ client, wanted, existing })
  const withoutFile = existing.filter(({ name }) => !wanted.some((file) => file.name === name))
  const statements = [
    ...inTheWay.toReversed().map(spellDrop),
    ...wanted.map((file) => file.statement),
    ...withoutFile.toReversed().map(spellDrop),
  ]
  const sql = `-- Written by npm run db:function.\n\n${statements.join('\n\n')}\n`
  await tryMigration({ client, sql })
  return sql
}

function spellDrop({ kind, signature }: Definition): string {
  return `DROP ${kind} ${signature};`
}

/** Definitions that a file can't replace, or beside which it would create a second one. */
async function findInTheWay({
  client,
  wanted,
  existing,
}: {
  client: pg.ClientBase
  wanted: FunctionFile[]
  existing: Definition[]
}): Promise<Definition[]> {
  const found: Definition[] = []
  await client.query('BEGIN; SET LOCAL check_function_bodies = off')
  try {
    for (const file of wanted) {
      const before = existing.filter(({ name }) => name === file.name)
      await client.query('SAVEPOINT before')
      const isReplaced = await tryReplacing({ client, file, before })
      if (!isReplaced) found.push(...before)
    }
    return found
  } finally {
    await client.query('ROLLBACK')
  }
}

async function tryReplacing({
  client,
  file,
  before,
}: {
  client: pg.ClientBase
  file: FunctionFile
  before: Definition[]
}): Promise<boolean> {
  try {
    await client.query(file.statement)
    const after = (await readDefinitions(client)).filter(({ name }) => name === file.name)
    return before.length === 0 || after.length === 1
  } catch (error) {
    await client.query('ROLLBACK TO before')
    const code = error instanceof pg.DatabaseError ? (error.code ?? '') : ''
    // Any other fault is reported, with its cause, when the whole migration is tried.
    return !REFUSED_REPLACEMENTS.has(code)
  }
}

async function tryMigration({
  client,
  sql,
}: {
  client: pg.ClientBase
  sql: string
}): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    throw new Error([error.message, error.detail, error.where].filter(Boolean).join('\n'))
  } finally {
    await client.query('ROLLBACK')
  }
}

/** Creates a folder after all others, named by the clock; returns its path. */
export function writeMigration({
  folder,
  words,
  sql,
}: {
  folder: string
  words: string
  sql: string
}): string {
  const last = Number(readMigrations(folder).at(-1)?.name.slice(0, 14) ?? 0)
  const now = Number(new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14))
  const migration = path.join(folder, `${Math.max(now, last + 1)}_${words}`)
  mkdirSync(migration)
  writeFileSync(path.join(migration, 'migration.sql'), sql)
  return migration
}
