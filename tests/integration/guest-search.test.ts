import { beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { listGuests } from '@/domain/guest/queries'
import { guestSearch } from '@/domain/guest/schema'
import { pool } from '@/lib/db/database'
import {
  addMarkedGuests,
  countBookReads,
  countPolls,
  listManyReads,
  tidyBook,
} from '../support/board-reads'
import { bookAs } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { setUpDoor, takeAtDoor } from '../support/door-scene'
import { dietOf, setUpBook, writeDownDiner } from '../support/guest-book-scene'
import { newCaller } from '../support/guest-scene'

const database = useDatabase()

/** As many as a famous restaurant imports. */
const MANY = 50_000
/** Names of three syllables, each different, none of which is looked for below. */
const FILL = `
  INSERT INTO guests (restaurant_id, created_at, name, phone)
  SELECT $1, now() - n * interval '1 minute', chr(44032 + 588 * (n % 7) + n / 400) || chr(44032 + n % 3000) || chr(46000 + n / 9), '+8210' || lpad(n::text, 8, '0')
    FROM generate_series(1, ${MANY}) AS n`

type Book = Awaited<ReturnType<typeof setUpBook>>
let book: Book
let other: Book
let guestId = ''

beforeAll(async () => {
  await database.truncateAll()
  book = await setUpBook()
  other = await setUpBook()
  for (const { restaurantId } of [book, other]) await database.query(FILL, [restaurantId])
  guestId = (await book.booked({ guest: { name: '황보혜원', phone: '010-9876-5432' } })).guestId
  await other.booked({ guest: { name: '황보혜원', phone: '010-9876-5432' } })
  await database.query('ANALYZE guests')
}, 300_000)

const find = (search: string) =>
  listGuests({
    restaurantId: book.restaurantId,
    accountId: book.staffId,
    search,
    limit: 20,
  })

const asked = z.tuple([z.string(), z.array(z.unknown())])

describe(`a guest book of ${MANY} guests`, () => {
  test.each([
    ['name', '황보혜원'],
    ['part of a name', '보혜'],
    ['consonants', 'ㅎㅂㅎㅇ'],
    ['half a syllable', '황보혜워'],
    ['consonants after a syllable', '황ㅂ'],
    ['the other keyboard', 'ghkdqhgP'],
    ['last digits', '65432'],
    ['a whole number', '010-9876-5432'],
  ])('search by %s answers with one statement over an index', async (_, search) => {
    const query = vi.spyOn(pool, 'query')
    const found = await find(search)
    expect(query).toHaveBeenCalledOnce()
    const [text, values] = asked.parse(query.mock.calls[0])
    query.mockRestore()
    expect(found).toMatchObject({ value: { items: [{ id: guestId, name: '황보혜원' }] } })
    expect(found.ok && found.value.items.length).toBe(1)
    const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toContain('Bitmap Index Scan on guests_words')
    expect(plan).not.toContain('Seq Scan on guests')
  })

  test.each([
    ['a syllable', '황'],
    ['a consonant', 'ㅎ'],
    ['a consonant on the other keyboard', 'g'],
  ])('search by %s finds names that begin with it, over an index', async (_, search) => {
    await database.query(`INSERT INTO guests (restaurant_id, name) VALUES ($1, '김황')`, [
      book.restaurantId,
    ])
    const query = vi.spyOn(pool, 'query')
    const found = await find(search)
    expect(query).toHaveBeenCalledOnce()
    const [text, values] = asked.parse(query.mock.calls[0])
    query.mockRestore()
    expect(found).toMatchObject({ value: { items: [{ id: guestId }] } })
    expect(found.ok && found.value.items.length).toBe(1)
    const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toContain('guests_name_idx')
    expect(plan).not.toContain('Seq Scan on guests')
  })

  test('an empty search is the list from the top', async () => {
    const { search, limit } = guestSearch.parse({ search: ' ', limit: '20' })
    expect(search).toBeUndefined()
    const { restaurantId, staffId: accountId } = book
    const listed = await listGuests({ restaurantId, accountId, search, limit })
    expect(listed).toMatchObject({ value: { items: { length: 20 } } })
    expect(listed).toEqual(await listGuests({ restaurantId, accountId, limit }))
  })

  test('a page of it, first and later, is one statement over an index', async () => {
    const page = (cursor?: string) =>
      listGuests({
        restaurantId: book.restaurantId,
        accountId: book.staffId,
        cursor,
        limit: 50,
      })
    const query = vi.spyOn(pool, 'query')
    const first = await page()
    expect(query).toHaveBeenCalledOnce()
    const [text, values] = asked.parse(query.mock.calls[0])
    query.mockRestore()
    const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toContain('guests_restaurant_idx')
    expect(plan).not.toContain('Seq Scan on guests')
    if (!first.ok) throw new Error(first.reason)
    const second = await page(String(first.value.nextCursor))
    if (!second.ok) throw new Error(second.reason)
    const ids = [...first.value.items, ...second.value.items].map(({ id }) => id)
    expect(new Set(ids).size).toBe(100)
  })
})

describe('a tablet at the board', () => {
  test('the polls of day and line read a few rows of the book, and no more once it has grown', async () => {
    const { restaurantId, staffId: accountId } = book
    const known = { tags: [{ name: '단골' }, { name: 'VIP' }], ...dietOf('땅콩') }
    await book.change(guestId, known)
    const other = await book.booked({ guest: newCaller() })
    await book.change(other.guestId, known)
    const { entryId } = await writeDownDiner(book)
    await book.change(entryId, known)
    await book.merge(other.guestId, entryId)
    await bookAs(book.otherId, book.scene)
    const door = await setUpDoor({ restaurantId })
    await takeAtDoor(door, { phone: '010-9876-5432' })
    await takeAtDoor(door, { phone: '010-9876-5431' })
    await addMarkedGuests(database, { restaurantId, surname: '김', count: 10_000 })
    await tidyBook(database)
    expect(listManyReads(await countPolls({ restaurantId, accountId }))).toEqual([])
    await addMarkedGuests(database, { restaurantId, surname: '박', count: 10_000 })
    await tidyBook(database)
    expect(listManyReads(await countPolls({ restaurantId, accountId }))).toEqual([])
  })
})

describe('the statements behind one party’s marks', () => {
  test.each([
    ['guest_entry_of', 'SELECT guest_entry_of(p_restaurant => $1, p_guest => $2, p_diner => NULL)'],
    ['guest_marks', 'SELECT guest_marks(p_entry => $2) FROM (SELECT $1::uuid) AS restaurant'],
    [
      'reservations_of_guest',
      'SELECT v.id FROM reservations_of_guest(p_guest => $2) v WHERE v.restaurant_id = $1',
    ],
  ])('%s reads a few rows of the book by key', async (_, text) => {
    const reads = await countBookReads({ text, values: [book.restaurantId, guestId] })
    expect(reads.guests).toBeLessThan(10)
  })
})
