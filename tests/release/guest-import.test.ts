import { beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { readDay } from '@/domain/floor/queries'
import { listGuests } from '@/domain/guest/queries'
import { pool } from '@/lib/db/database'
import { useDatabase } from '../support/database'
import { setUpBook } from '../support/guest-book-scene'
import { countStatements, createImporter, writeMany } from '../support/guest-import-scene'

const database = useDatabase()
const MANY = 50_000
const PARTS = MANY / 500
const FEW = 1_000

let book: Awaited<ReturnType<typeof setUpBook>>
const asked = z.tuple([z.string(), z.array(z.unknown())])

/** What the board of the day asks of Postgres, and how many rows of the book it reads for it. */
async function countPoll() {
  const query = vi.spyOn(pool, 'query')
  await readDay({ restaurantId: book.restaurantId, accountId: book.staffId })
  const calls = query.mock.calls.length
  const [text, values] = asked.parse(query.mock.calls.at(-1))
  query.mockRestore()
  const client = await pool.connect()
  const count = async () => {
    const { rows } = await client.query<{ scans: number; rows: number }>(
      `SELECT seq_scan::int AS scans, coalesce(idx_tup_fetch, 0)::int AS rows
         FROM pg_stat_xact_user_tables WHERE relname = 'guests'`,
    )
    return rows[0] ?? { scans: 0, rows: 0 }
  }
  try {
    await client.query('BEGIN')
    const before = await count()
    await client.query(text, values)
    const after = await count()
    return { calls, scans: after.scans - before.scans, rows: after.rows - before.rows }
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}

let before: Awaited<ReturnType<typeof countPoll>>

beforeAll(async () => {
  await database.truncateAll()
  book = await setUpBook()
  await book.booked({ guest: { name: '황보혜원', phone: '010-9876-5432' } })
  // A short book, with the statistics that a long one has: by them the planner chooses its way.
  await database.query(
    `INSERT INTO guests (restaurant_id, name) SELECT $1, '손님 ' || n FROM generate_series(1, $2) AS n`,
    [book.restaurantId, FEW],
  )
  await database.query('ANALYZE guests')
  before = await countPoll()
}, 60_000)

test(`${MANY} guests are imported with progress, in a bounded number of statements`, async () => {
  const importer = createImporter(book)
  const statements = await countStatements(async () => {
    const { id } = await importer.send(writeMany(MANY))
    await importer.finish()
    expect(await importer.look(id ?? '')).toMatchObject({
      ...{ state: 'DONE', linesDone: MANY, counts: { added: MANY } },
    })
  })
  expect(statements).toBeLessThan(25 * (PARTS + 2))
  await database.query('ANALYZE guests')
}, 600_000)

test.each([
  ['name', '황보혜원'],
  ['consonants', 'ㅎㅂㅎㅇ'],
  ['half a syllable', '황보혜워'],
  ['last digits', '65432'],
])('search by %s answers with one statement over an index', async (_, search) => {
  const query = vi.spyOn(pool, 'query')
  const found = await listGuests({ ...book, accountId: book.staffId, search, limit: 20 })
  expect(query).toHaveBeenCalledOnce()
  const [text, values] = asked.parse(query.mock.calls[0])
  query.mockRestore()
  expect(found).toMatchObject({ value: { items: [{ name: '황보혜원' }] } })
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan).toContain('Bitmap Index Scan on guests_words')
  expect(plan).not.toContain('Seq Scan on guests')
})

test('the day’s poll asks and reads as much as of a short book', async () => {
  expect(await countPoll()).toEqual(before)
})
