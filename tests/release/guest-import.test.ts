import { beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { listGuests } from '@/domain/guest/queries'
import { pool } from '@/lib/db/database'
import { addMarkedGuests, countPolls, listManyReads, tidyBook } from '../support/board-reads'
import { useDatabase } from '../support/database'
import { setUpDoor, takeAtDoor } from '../support/door-scene'
import { dietOf, setUpBook } from '../support/guest-book-scene'
import { countStatements, createImporter, writeMany } from '../support/guest-import-scene'

const database = useDatabase()
const MANY = 50_000
const PARTS = MANY / 500
const FEW = 5_000

let book: Awaited<ReturnType<typeof setUpBook>>
const asked = z.tuple([z.string(), z.array(z.unknown())])

const readPolls = async () =>
  listManyReads(await countPolls({ restaurantId: book.restaurantId, accountId: book.staffId }))

beforeAll(async () => {
  await database.truncateAll()
  book = await setUpBook()
  const { guestId } = await book.booked({ guest: { name: '황보혜원', phone: '010-9876-5432' } })
  await book.change(guestId, { tags: [{ name: '단골' }], ...dietOf('땅콩') })
  const door = await setUpDoor({ restaurantId: book.restaurantId })
  await takeAtDoor(door, { phone: '010-9876-5432' })
  await addMarkedGuests(database, { restaurantId: book.restaurantId, surname: '김', count: FEW })
  await tidyBook(database)
  expect(await readPolls()).toEqual([])
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
  expect(statements).toBeGreaterThan(PARTS)
  expect(statements).toBeLessThan(25 * (PARTS + 2))
  await tidyBook(database)
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

test('the polls of day and line read a few rows of it, as of a short book', async () => {
  expect(await readPolls()).toEqual([])
})
