import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { listAuditLog, readTodayFigures } from '@/domain/admin/queries'
import { auditLogQuery } from '@/domain/admin/schema'
import { moveReservation } from '@/domain/booking/move.commands'
import { fillInDay } from '@/domain/booking/rules'
import { findReservation, readDayLoad, searchReservations } from '@/domain/booking/search.queries'
import { reservationSearch } from '@/domain/booking/search.schema'
import { searchPeople } from '@/domain/identity/people.queries'
import { peopleQuery } from '@/domain/identity/people.schema'
import { readOutboxFigures } from '@/domain/notification/history.queries'
import { searchRestaurants } from '@/domain/restaurant/directory.queries'
import { restaurantQuery } from '@/domain/restaurant/directory.schema'
import { listOwnerRequests } from '@/domain/restaurant/owner-approval.queries'
import { pool } from '@/lib/db/database'
import { createAccount, createReservation, createRestaurant, createSlot } from '@/prisma/factories'
import { book, setUpRestaurant } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const people = async (query: object) =>
  (await searchPeople(peopleQuery.parse(query))).items.map(({ name }) => name)
const restaurants = async (query: object) =>
  (await searchRestaurants(restaurantQuery.parse(query))).items.map(({ name }) => name)
const found = async (query: object) =>
  (await searchReservations(reservationSearch.parse(query))).items.map(({ id }) => id)
const auditLog = (query: object, who: { accountId?: string; restaurantId?: string } = {}) =>
  listAuditLog({ ...auditLogQuery.parse(query), accountId: null, restaurantId: null, ...who })

/** Search words from hostile addresses, which no account can be called. */
const hostile = [
  'x'.repeat(10_000),
  '\0',
  "'; DROP TABLE accounts; --",
  '\u202e가나다',
  ['a', 'b'],
  { $ne: null },
]

describe('people are found', () => {
  test('by a part of the name or address, by digits in any spelling, and by id', async () => {
    const kim = await createAccount(pool, {
      name: '김하늘',
      email: 'sky@bobjool.test',
      phone: '010-1234-5678',
    })
    await createAccount(pool, { name: '박바다', phone: '+82 10 9999 0000' })
    for (const keyword of ['하늘', 'SKY@', '1234', '010 1234-56', '12345678', kim.id])
      expect({ keyword, names: await people({ keyword }) }).toEqual({ keyword, names: ['김하늘'] })
    expect(await people({ keyword: '하늘'.normalize('NFD') })).toEqual(['김하늘'])
    expect(await people({ keyword: '없는사람' })).toEqual([])
    expect(await people({ role: 'ADMIN' })).toEqual([])
  })

  test('what people type: by a name that is being composed, or typed with the other keyboard', async () => {
    await createAccount(pool, { name: '김수민' })
    await createAccount(pool, { name: '박수미' })
    for (const keyword of [
      '김수미',
      '김수민',
      '김ㅅ',
      'ㄱㅅㅁ',
      'ㄳㅁ',
      '김 수민',
      'rlatnals',
      '김\u200B수민',
    ])
      expect({ keyword, names: await people({ keyword }) }).toEqual({ keyword, names: ['김수민'] })
    expect((await people({ keyword: '수미' })).sort()).toEqual(['김수민', '박수미'])
    expect(await people({ keyword: 'ㅂㅁ' })).toEqual([])
  })

  test('what people type: by a phone, whichever way it is stored and written', async () => {
    await createAccount(pool, { name: '옛날', phone: '010-1234-5678' })
    await createAccount(pool, { name: '요즘', phone: '+821012345678' })
    await createAccount(pool, { name: '미국', phone: '+14155550100' })
    for (const keyword of [
      '010-1234-5678',
      '+82 10 1234 5678',
      '01012345678',
      '5678',
      '０１０．１２３４',
      '+82-10-1234',
    ])
      expect({ keyword, names: (await people({ keyword })).sort() }).toEqual({
        keyword,
        names: ['옛날', '요즘'],
      })
    for (const keyword of ['+1 415 555 0100', '(415) 555-0100', '0100'])
      expect({ keyword, names: await people({ keyword }) }).toEqual({ keyword, names: ['미국'] })
  })

  test('over the index of their words, in one statement', async () => {
    await pool.query(
      `INSERT INTO accounts (email, name, phone)
       SELECT 'many-' || n || '@bobjool.test', '손님 ' || n, '010-0000-' || n FROM generate_series(1000, 3000) AS n`,
    )
    await createAccount(pool, { name: '김수민' })
    await pool.query('ANALYZE accounts')
    for (const keyword of ['김수미', 'ㄱㅅㅁ', '010-0000-2345']) {
      const query = vi.spyOn(pool, 'query')
      expect(await people({ keyword })).toHaveLength(1)
      expect(query).toHaveBeenCalledOnce()
      const [text, values] = z.tuple([z.string(), z.array(z.unknown())]).parse(query.mock.calls[0])
      query.mockRestore()
      const { rows } = await pool.query(`EXPLAIN ${text}`, values)
      expect(JSON.stringify(rows)).toContain('Bitmap Index Scan on accounts_words')
    }
  })

  test('and the wildcards of LIKE are taken literally', async () => {
    await createAccount(pool, { name: '100% 밥' })
    await createAccount(pool, { name: '밥_집' })
    expect(await people({ keyword: '%' })).toEqual(['100% 밥'])
    expect(await people({ keyword: '_' })).toEqual(['밥_집'])
    expect(await people({ keyword: '\\' })).toEqual([])
  })

  test('page by page, each once, the newest first', async () => {
    // Many have the same instant: the id decides.
    const at = new Date()
    for (let n = 0; n < 7; n += 1) await createAccount(pool, { name: `손님 ${n}`, createdAt: at })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await searchPeople({ keyword: null, role: null, cursor, limit: 3 })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor)
    expect(new Set(seen).size).toBe(7)
    expect(seen).toEqual([...seen].sort().reverse())
  })
})

describe('hard case 19: a nonsense word finds nothing and breaks nothing', () => {
  test.each(hostile.map((word, index) => [index, word]))('word %i', async (_, word) => {
    await createAccount(pool, { name: '김하늘' })
    await createRestaurant(pool)
    const asked = { keyword: word, person: word, restaurant: word, state: word, role: word }
    const more = { date: word, status: word, subject: word, act: word, from: word, until: word }
    const query = { ...asked, ...more, cursor: word }
    expect(Array.isArray(await people(query))).toBe(true)
    expect(Array.isArray(await restaurants(query))).toBe(true)
    expect(Array.isArray(await found(query))).toBe(true)
    expect((await auditLog(query)).items).toEqual([])
  })

  test.each([
    ['not base64'],
    [Buffer.from('{"__proto__":1}').toString('base64url')],
    [Buffer.from(JSON.stringify(['9999999-01-01', randomUUID()])).toString('base64url')],
    [Buffer.from(JSON.stringify(['2026-11-22T00:00:00.000Z', "x' OR 1=1"])).toString('base64url')],
    [Buffer.from(JSON.stringify(['\0', randomUUID()])).toString('base64url')],
  ])('a cursor that is not ours is the first page: %s', async (cursor) => {
    await createAccount(pool, { name: '김하늘' })
    const { name } = await createRestaurant(pool)
    expect(await people({ cursor })).toEqual(['김하늘'])
    expect(await restaurants({ cursor })).toEqual([name])
    expect((await listOwnerRequests({ state: 'WAITING', cursor })).items).toEqual([])
    expect((await auditLog({ cursor })).items).toEqual([])
  })
})

describe('restaurants are found', () => {
  test('by name, slug, region and owner, in every state', async () => {
    const owner = await createAccount(pool, { role: 'OWNER', name: '이사장' })
    const hidden = { published: false, hiddenAt: new Date(), hiddenReason: '점검' }
    await createRestaurant(pool, { name: '가나', slug: 'ga-na', ownerId: owner.id })
    await createRestaurant(pool, { name: '다라', region: '망원', ...hidden })
    await createRestaurant(pool, { name: '마바', deletedAt: new Date(), published: false })
    expect(await restaurants({ keyword: 'ga-n' })).toEqual(['가나'])
    expect(await restaurants({ keyword: '이사' })).toEqual(['가나'])
    expect(await restaurants({ keyword: '망원' })).toEqual(['다라'])
    expect(await restaurants({ state: 'HIDDEN' })).toEqual(['다라'])
    expect(await restaurants({ state: 'DELETED' })).toEqual(['마바'])
    expect(await restaurants({})).toEqual(['가나', '다라', '마바'])
  })
})

describe('reservations are found', () => {
  test('by id, diner, restaurant, date and status', async () => {
    const { scene, dinerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    const { restaurantId: restaurant, serviceDate: date } = scene
    const elsewhere = await createSlot(pool, { serviceDate: date })
    await createReservation(pool, { slotId: elsewhere.id, status: 'CANCELLED' })
    for (const query of [{ person: id }, { person: dinerId }, { restaurant, date }])
      expect(await found(query)).toEqual([id])
    expect(await found({ restaurant, status: 'NO_SHOW' })).toEqual([])
    expect(await found({ restaurant: 'nowhere' })).toEqual([])
    expect(await found({ date })).toHaveLength(2)
    expect(await readDayLoad(restaurant)).toMatchObject({
      slots: 2,
      taken: 1,
      parties: 1,
      guests: 2,
    })
  })

  test('without a filter, today’s', () => {
    const search = reservationSearch.parse({ status: 'HELD' })
    expect(fillInDay({ search, today: '2026-11-22' })).toMatchObject({ date: '2026-11-22' })
    const named = reservationSearch.parse({ person: '김' })
    expect(fillInDay({ search: named, today: '2026-11-22' })).toMatchObject({ date: null })
  })

  test('an admin cancels one: the mail and the audit log say why', async () => {
    const { scene, dinerId } = await setUpRestaurant()
    const { id } = await book(dinerId, scene)
    const admin = await createAccount(pool, { role: 'ADMIN' })
    const actor = { accountId: admin.id, address: null }
    const reason = '식당에 불이 났어요'
    const asked = { reservationId: id, act: 'CANCEL', scope: 'staff', actor, reason } as const
    expect(await moveReservation(asked)).toMatchObject({ ok: true })
    expect(await findReservation(id)).toMatchObject({ status: 'CANCELLED', cancelledBy: 'ADMIN' })
    expect(
      await database.query(
        `SELECT payload ->> 'reason' AS reason FROM notices WHERE kind = 'RESERVATION_CANCELLED'`,
      ),
    ).toEqual([{ reason }])
    const { items } = await auditLog({}, { accountId: admin.id })
    expect(items).toMatchObject([{ act: 'CANCEL', actorRole: 'ADMIN', details: { reason } }])
  })
})

describe('the audit log', () => {
  test('is read by person (who did it, or to whom), restaurant, kind and day in Korea', async () => {
    const { scene, dinerId } = await setUpRestaurant()
    await book(dinerId, scene)
    const [actor, subject] = [await createAccount(pool), await createAccount(pool)]
    await database.query(
      `INSERT INTO audit_events (actor_id, actor_role, subject, subject_id, act, to_status, at)
       VALUES ($1, 'ADMIN', 'ACCOUNT', $2, 'MAKE_ADMIN', 'ADMIN', '2026-11-01T14:59:59Z'),
              ($1, 'ADMIN', 'ACCOUNT', $1, 'UNMAKE_ADMIN', 'DINER', '2026-11-01T15:00:00Z')`,
      [actor.id, subject.id],
    )
    const acts = async (...asked: Parameters<typeof auditLog>) =>
      (await auditLog(...asked)).items.map(({ act }) => act)
    expect(await acts({}, { accountId: subject.id })).toEqual(['MAKE_ADMIN'])
    expect(await acts({}, { accountId: actor.id })).toEqual(['UNMAKE_ADMIN', 'MAKE_ADMIN'])
    expect(await acts({}, { restaurantId: scene.restaurantId })).toEqual(['BOOK'])
    expect(await acts({ subject: 'ACCOUNT', act: 'MAKE_ADMIN' })).toEqual(['MAKE_ADMIN'])
    expect(await acts({ from: '2026-11-01', until: '2026-11-01' })).toEqual(['MAKE_ADMIN'])
    expect(await acts({ from: '2026-11-02', until: '2026-11-02' })).toEqual(['UNMAKE_ADMIN'])
  })

  test('page by page, each act once, though many have the same instant', async () => {
    const { id } = await createAccount(pool)
    await database.query(
      `INSERT INTO audit_events (actor_id, actor_role, subject, subject_id, act, to_status)
       SELECT $1, 'ADMIN', 'ACCOUNT', $1, 'CHANGE', n::text FROM generate_series(1, 11) AS n`,
      [id],
    )
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const query = { ...auditLogQuery.parse({}), accountId: id, restaurantId: null }
      const page = await listAuditLog({ ...query, cursor, limit: 4 })
      seen.push(...page.items.map((line) => line.id))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen).toHaveLength(11)
    expect(new Set(seen).size).toBe(11)
  })
})

test('today in figures', async () => {
  const { scene, dinerId } = await setUpRestaurant()
  await book(dinerId, scene)
  await createAccount(pool, { createdAt: new Date('2026-01-01') })
  await createAccount(pool, { role: 'OWNER', ownerApprovedAt: null })
  await createAccount(pool, { role: 'OWNER', ownerApprovedAt: null, emailConfirmedAt: null })
  expect(await readTodayFigures()).toMatchObject({ booked: 1, cancelled: 0, ownersWaiting: 1 })
  expect(await readOutboxFigures()).toMatchObject({ waiting: 1, failed: 0, oldestFailedAt: null })
})
