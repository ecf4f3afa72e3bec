import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { readPhone } from '@/lib/text/phone'
import { readDatabaseUrls } from './environment'
import type { Database } from './rows'

/** Read at a time; nothing is locked in between, so the service runs on meanwhile. */
const BATCH = 500

/** Every column of phones, with the time zone of the restaurant each belongs to. */
const COLUMNS = {
  accounts: `SELECT a.id, a.phone, NULL AS "timeZone" FROM accounts a WHERE a.phone`,
  restaurants: `SELECT r.id, r.phone, r.time_zone AS "timeZone" FROM restaurants r WHERE r.phone`,
  tickets: `SELECT t.id, t.contact_phone AS phone, r.time_zone AS "timeZone"
              FROM tickets t JOIN restaurants r ON r.id = t.restaurant_id WHERE t.contact_phone`,
}
const column = { accounts: 'phone', restaurants: 'phone', tickets: 'contact_phone' }
type Table = keyof typeof COLUMNS

export type Conversion = { converted: number; kept: number }

/**
 * Stores a table's phones as E.164. A number that can't be read stays as it is, and so does one that
 * its owner changes meanwhile. Running it again changes nothing.
 */
export async function convertPhones(db: Database, table: Table): Promise<Conversion> {
  const done: Conversion = { converted: 0, kept: 0 }
  let lastId: string | null = null
  for (;;) {
    const { rows }: { rows: { id: string; phone: string; timeZone: string | null }[] } =
      await db.query(
        `${COLUMNS[table]} NOT LIKE '+%' AND ($1::uuid IS NULL OR ${table.charAt(0)}.id > $1)
          ORDER BY ${table.charAt(0)}.id LIMIT ${BATCH}`,
        [lastId],
      )
    for (const { id, phone, timeZone } of rows) {
      const read = readPhone({ typed: phone, timeZone: timeZone ?? undefined })
      if (read !== null)
        await db.query(
          `UPDATE ${table} SET ${column[table]} = $3 WHERE id = $1 AND ${column[table]} = $2`,
          [id, phone, read],
        )
      done[read === null ? 'kept' : 'converted'] += 1
    }
    lastId = rows.at(-1)?.id ?? null
    if (lastId === null) return done
  }
}

async function main(): Promise<number> {
  const urls = readDatabaseUrls()
  if (!urls) {
    process.stderr.write('Set DATABASE_URL.\n')
    return 1
  }
  const pool = new pg.Pool({ connectionString: urls.directUrl, max: 1 })
  try {
    for (const table of ['accounts', 'restaurants', 'tickets'] as const) {
      const { converted, kept } = await convertPhones(pool, table)
      const left = kept === 0 ? '' : `, ${kept} kept as they were because they are no phone numbers`
      process.stdout.write(`${table}: ${converted} converted${left}\n`)
    }
  } finally {
    await pool.end()
  }
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
      process.stderr.write(`Phones were left as they were: ${error.message}\n`)
      process.exitCode = 1
    },
  )
}
