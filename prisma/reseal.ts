import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { type DataKey, decryptValue, encryptValue } from '@/lib/crypto/encrypted-value'
import { type SealedTable, sealedColumns, sealedTables } from '@/lib/db/sealed-columns'
import { readDatabaseUrls } from './environment'
import type { Database } from './rows'

/** Rows written in one statement; they are locked for as long as it takes. */
const BATCH = 200

/**
 * Rows of a table. `sealed`: with the newest key from now on. `changed`: by somebody else meanwhile,
 * so the next run looks at them again. `unreadable`: changed or moved in the database, or sealed with
 * a key that was not given; they stay as they are.
 */
export type Resealing = { sealed: number; changed: number; unreadable: number }

type Row = { id: string; secrets: Record<string, string> }

/** Its secrets sealed anew. Null: one of them can't be opened. */
function resealRow({
  table,
  row: { id, secrets },
  keys,
}: {
  table: SealedTable
  row: Row
  keys: readonly DataKey[]
}): Record<string, string> | null {
  const anew: Record<string, string> = {}
  for (const [column, stored] of Object.entries(secrets)) {
    const place = { table, column, rowId: id }
    const opened = decryptValue({ stored, place, keys })
    if (!('text' in opened)) return null
    anew[column] = encryptValue({ text: opened.text, place, keys })
  }
  return anew
}

/** Rows after `lastId` with a secret that the first key has not sealed. */
async function readRows({
  db,
  table,
  lastId,
  key,
}: {
  db: Database
  table: SealedTable
  lastId: string | null
  key: DataKey
}): Promise<Row[]> {
  const { key: id, columns } = sealedColumns[table]
  const isOld = columns.map((column) => `${column} NOT LIKE $2`).join(' OR ')
  const secrets = columns.map((column) => `'${column}', ${column}`).join(', ')
  const { rows } = await db.query<Row>(
    `SELECT ${id} AS id, jsonb_build_object(${secrets}) AS secrets FROM ${table}
      WHERE ($1::uuid IS NULL OR ${id} > $1) AND (${isOld}) ORDER BY ${id} LIMIT ${BATCH}`,
    [lastId, `sealed:${key.id}:%`],
  )
  return rows
}

/**
 * Writes rows that still hold what was read of them, in the order of their ids, so that two runs
 * wait for each other instead of deadlocking. Returns how many.
 */
async function writeRows({
  db,
  table,
  rows,
}: {
  db: Database
  table: SealedTable
  rows: { id: string; before: Row['secrets']; after: Row['secrets'] }[]
}): Promise<number> {
  const { key: id, columns } = sealedColumns[table]
  const sets = columns.map((column) => `${column} = m.after ->> '${column}'`).join(', ')
  const same = columns.map((column) => `t.${column} = m.before ->> '${column}'`).join(' AND ')
  const { rowCount } = await db.query(
    `WITH made AS (
       SELECT (made ->> 'id')::uuid AS id, made -> 'before' AS before, made -> 'after' AS after
         FROM jsonb_array_elements($1::jsonb) AS made),
     held AS MATERIALIZED (
       SELECT ${id} FROM ${table} WHERE ${id} IN (SELECT id FROM made) ORDER BY ${id} FOR UPDATE)
     UPDATE ${table} t SET ${sets} FROM made m JOIN held h ON h.${id} = m.id
      WHERE t.${id} = m.id AND ${same}`,
    [JSON.stringify(rows)],
  )
  return rowCount ?? 0
}

/**
 * Seals a table's secrets with the first key: what is stored in plain, and what another key sealed.
 * The service runs on meanwhile; stopped half-way, the next run goes on with the rest.
 */
export async function resealTable({
  db,
  table,
  keys,
}: {
  db: Database
  table: SealedTable
  keys: readonly DataKey[]
}): Promise<Resealing> {
  const [key] = keys
  if (!key) throw new Error('DATA_KEYS is empty')
  const done: Resealing = { sealed: 0, changed: 0, unreadable: 0 }
  let lastId: string | null = null
  for (;;) {
    const rows: Row[] = await readRows({ db, table, lastId, key })
    const last = rows.at(-1)
    if (!last) return done
    const made = rows.flatMap((row) => {
      const after = resealRow({ table, row, keys })
      return after ? [{ id: row.id, before: row.secrets, after }] : []
    })
    const written = await writeRows({ db, table, rows: made })
    done.sealed += written
    done.changed += made.length - written
    done.unreadable += rows.length - made.length
    lastId = last.id
  }
}

/**
 * As `resealTable`, again and again until a run finds nothing to do: a process whose first key is
 * still the older one may have written rows meanwhile. Unreadable ones stay.
 */
export async function reseal(given: {
  db: Database
  table: SealedTable
  keys: readonly DataKey[]
}): Promise<Omit<Resealing, 'changed'>> {
  let sealed = 0
  for (;;) {
    const run = await resealTable(given)
    sealed += run.sealed
    if (run.sealed + run.changed === 0) return { sealed, unreadable: run.unreadable }
  }
}

async function main(): Promise<number> {
  const urls = readDatabaseUrls()
  if (!urls) {
    process.stderr.write('Set DATABASE_URL.\n')
    return 1
  }
  // It signs nothing, but the environment is parsed as a whole.
  process.env.AUTH_SECRET ||= 'not-used-here'
  const { env } = await import('@/lib/env')
  const db = new pg.Pool({ connectionString: urls.directUrl, max: 1 })
  let left = 0
  try {
    for (const table of sealedTables) {
      const { sealed, unreadable } = await reseal({ db, table, keys: env.DATA_KEYS })
      process.stdout.write(`${table}: ${sealed} sealed with the key ${env.DATA_KEYS[0]?.id}`)
      process.stdout.write(unreadable === 0 ? '\n' : `, ${unreadable} can't be opened\n`)
      left += unreadable
    }
  } finally {
    await db.end()
  }
  return left === 0 ? 0 : 1
}

const isRunDirectly =
  process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href
if (isRunDirectly) {
  main().then(
    (exitCode) => {
      process.exitCode = exitCode
    },
    (error: Error) => {
      process.stderr.write(`Not everything was sealed anew: ${error.message}\n`)
      process.exitCode = 1
    },
  )
}
