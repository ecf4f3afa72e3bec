import { beforeEach, describe, expect, it } from 'vitest'
import {
  findRestaurant,
  listFacets,
  listRestaurants,
  listStaffRestaurants,
  readStaffRole,
} from '@/domain/restaurant/queries'
import { restaurantDetail, restaurantListQuery } from '@/domain/restaurant/schema'
import { todayOf } from '@/domain/schedule/rules'
import { pool } from '@/lib/db'
import { createAccount, createRestaurant, createStaff, createTable } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'

const database = useDatabase()
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000'

beforeEach(() => database.truncateAll())

async function listNames(query: Record<string, string>): Promise<string[]> {
  const { items } = await listRestaurants(restaurantListQuery.parse(query))
  return items.map(({ name }) => name)
}

describe('a restaurant', () => {
  it('is found by id and by slug, as anybody may see it', async () => {
    const made = await createRestaurant(pool, {
      slug: 'fogo',
      name: '포고',
      nameEn: 'Fogo',
      timeZone: 'America/St_Johns',
      dayCutMinutes: 240,
      confirmWithinMinutes: 10,
      sameDayOnly: true,
    })
    await createTable(pool, { restaurantId: made.id, minParty: 2, maxParty: 4 })
    await createTable(pool, { restaurantId: made.id, minParty: 3, maxParty: 6 })
    await createTable(pool, {
      restaurantId: made.id,
      minParty: 1,
      maxParty: 12,
      deletedAt: new Date(),
    })
    const found = await findRestaurant({ idOrSlug: 'fogo' })
    expect(found).toEqual({
      id: made.id,
      slug: 'fogo',
      name: '포고',
      nameEn: 'Fogo',
      category: made.category,
      region: made.region,
      address: made.address,
      phone: made.phone,
      description: made.description,
      descriptionEn: null,
      timeZone: 'America/St_Johns',
      sameDayOnly: true,
      horizonDays: 14,
      bookingsOn: true,
      confirmWithinMinutes: 10,
      today: todayOf({ now: new Date(), timeZone: 'America/St_Johns', dayCutMinutes: 240 }),
      hasTables: true,
      minParty: 2,
      maxParty: 6,
      mapUrl: null,
      guestNote: null,
      guestNoteEn: null,
      opensMinutes: null,
      opensDaysBefore: 0,
      hours: [],
      closures: [],
      pictures: [],
      tableClasses: [
        { maxParty: 4, count: 1 },
        { maxParty: 6, count: 1 },
      ],
    })
    expect(restaurantDetail.strict().parse(found)).toEqual(found)
    expect(await findRestaurant({ idOrSlug: made.id })).toEqual(found)
    expect(await findRestaurant({ idOrSlug: made.id.toUpperCase() })).toEqual(found)
  })

  it('tells its week, coming closures, pictures in their order and what to know', async () => {
    const { id } = await createRestaurant(pool, {
      slug: 'whole',
      guestNote: '반려동물은 마당에 앉을 수 있어요.',
      mapUrl: 'https://map.example/whole',
      opensMinutes: 600,
      opensDaysBefore: 1,
    })
    await pool.query(
      `INSERT INTO restaurant_hours VALUES ($1, 5, 1020, 1500), ($1, 5, 690, 900), ($1, 2, 690, 900)`,
      [id],
    )
    await pool.query(
      `INSERT INTO restaurant_closures SELECT $1, current_date + days, reason
         FROM (VALUES (3, '김장하는 날'), (-3, 'past'), (90, 'far')) AS c (days, reason)`,
      [id],
    )
    await pool.query(
      `INSERT INTO restaurant_pictures VALUES ($1, 1, 'https://example.com/b', 'b'),
                                              ($1, 0, 'https://example.com/a', 'a')`,
      [id],
    )
    const found = await findRestaurant({ idOrSlug: 'whole' })
    expect(restaurantDetail.strict().parse(found)).toEqual(found)
    expect(found).toMatchObject({
      guestNote: '반려동물은 마당에 앉을 수 있어요.',
      mapUrl: 'https://map.example/whole',
      opensMinutes: 600,
      opensDaysBefore: 1,
      hours: [
        { weekday: 2, fromMinutes: 690, toMinutes: 900 },
        { weekday: 5, fromMinutes: 690, toMinutes: 900 },
        { weekday: 5, fromMinutes: 1020, toMinutes: 1500 },
      ],
      pictures: [
        { url: 'https://example.com/a', alt: 'a' },
        { url: 'https://example.com/b', alt: 'b' },
      ],
    })
    expect(found?.closures.map(({ reason }) => reason)).toEqual(['김장하는 날'])
  })

  it('has no tables when it only has a line', async () => {
    await createRestaurant(pool, { slug: 'corner' })
    const found = await findRestaurant({ idOrSlug: 'corner' })
    expect(found).toMatchObject({ hasTables: false, minParty: null, maxParty: null })
  })

  it('is not found once deleted, nor by an address that is none', async () => {
    const gone = await createRestaurant(pool, { slug: 'gone', deletedAt: new Date() })
    const nothing = ['', '..', 'Friday', "'", 'a\0b', '%', 'x'.repeat(10_000), '__proto__']
    for (const idOrSlug of ['gone', gone.id, UNKNOWN_ID, 'nobody', ...nothing]) {
      expect(await findRestaurant({ idOrSlug }), idOrSlug.slice(0, 40)).toBeNull()
    }
  })

  it('keeps its slug also when another one’s id looks the same', async () => {
    const id = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee'
    await createRestaurant(pool, { id, slug: 'other' })
    await createRestaurant(pool, { slug: id, name: '주소의 주인' })
    expect(await findRestaurant({ idOrSlug: id })).toMatchObject({ name: '주소의 주인' })
  })
})

describe('the list of restaurants', () => {
  it('comes in pages that hold each restaurant once, in one order', async () => {
    for (const name of ['다', '가', '나', '가', '가', '라']) await createRestaurant(pool, { name })
    await createRestaurant(pool, { name: '가', deletedAt: new Date() })
    const seen: { name: string; id: string }[] = []
    let cursor: string | undefined
    do {
      const page = await listRestaurants({ limit: 2, cursor })
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items)
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen.map(({ name }) => name)).toEqual(['가', '가', '가', '나', '다', '라'])
    expect(new Set(seen.map(({ id }) => id)).size).toBe(6)
    expect(seen).toEqual((await listRestaurants({ limit: 50 })).items)
    expect(await listRestaurants({ limit: 2, cursor: UNKNOWN_ID })).toEqual({
      items: [],
      nextCursor: null,
    })
  })

  it('is searched by words in name, description, region and category, in both languages', async () => {
    await createRestaurant(pool, { name: '연남 뜰', nameEn: 'Yeonnam Garden', region: '연남' })
    await createRestaurant(pool, {
      name: '스시 해온',
      category: '일식',
      description: '바다가 보여요.',
    })
    await createRestaurant(pool, { name: '망원커리', descriptionEn: 'Four curries.' })
    expect(await listNames({ keyword: 'GARDEN' })).toEqual(['연남 뜰'])
    expect(await listNames({ keyword: ' 뜰   yeon ' })).toEqual(['연남 뜰'])
    expect(await listNames({ keyword: '뜰 일식' })).toEqual([])
    expect(await listNames({ keyword: '바다가' })).toEqual(['스시 해온'])
    expect(await listNames({ keyword: '일식' })).toEqual(['스시 해온'])
    expect(await listNames({ keyword: 'curries' })).toEqual(['망원커리'])
    expect(await listNames({ keyword: '연남'.normalize('NFD') })).toEqual(['연남 뜰'])
    expect(await listNames({ category: '일식' })).toEqual(['스시 해온'])
    expect(await listNames({ region: '연남' })).toEqual(['연남 뜰'])
    expect(await listNames({ region: '연' })).toEqual([])
    expect(await listNames({ keyword: '', category: '', region: ' ' })).toHaveLength(3)
  })

  it('is searched with and without spaces, by initial consonants and while a name is typed', async () => {
    await createRestaurant(pool, { name: '금요일의 부엌', nameEn: 'Friday Kitchen' })
    await createRestaurant(pool, { name: '연남 뜰', region: '전주 한옥마을' })
    await createRestaurant(pool, { name: '가가', description: '금요일의 부엌 옆집이에요.' })
    const kitchen = '금요일의 부엌'
    for (const keyword of ['ㄱㅇㅇㅇㅂㅇ', 'ㄱㅇㅇㅇ ㅂㅇ', '금요ㅇ', 'fridaykit', 'FRIDAY k'])
      expect(await listNames({ keyword }), keyword).toEqual([kitchen])
    for (const keyword of ['금요일의부엌', '금요일의 부어', '금요일', kitchen.normalize('NFD')])
      expect((await listNames({ keyword }))[0], keyword).toBe(kitchen)
    expect(await listNames({ keyword: '한옥마을' })).toEqual(['연남 뜰'])
    expect(await listNames({ keyword: '전주한옥' })).toEqual(['연남 뜰'])
    expect(await listNames({ keyword: 'ㅋㅋㅋ' })).toEqual([])
  })

  it('has names that begin with the keyword first, in pages too', async () => {
    await createRestaurant(pool, { name: '가마솥', description: '뜰이 있어요.' })
    await createRestaurant(pool, { name: '연남 뜰' })
    await createRestaurant(pool, { name: '뜰채' })
    await createRestaurant(pool, { name: '나무 뜰' })
    const expected = ['뜰채', '나무 뜰', '연남 뜰', '가마솥']
    expect(await listNames({ keyword: '뜰' })).toEqual(expected)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listRestaurants({ keyword: '뜰', limit: 1, cursor })
      seen.push(...page.items.map(({ name }) => name))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen).toEqual(expected)
  })

  it('is searched by what Korean words are called in the language of the page', async () => {
    await createRestaurant(pool, { name: '골목', category: '국수' })
    const translations = { 국수: 'Noodles' }
    const { items } = await listRestaurants({ keyword: 'noodle', limit: 5, translations })
    expect(items.map(({ name }) => name)).toEqual(['골목'])
    expect(await listNames({ keyword: 'noodle' })).toEqual([])
  })

  it('can be narrowed to some, which may be none', async () => {
    const { id } = await createRestaurant(pool, { name: '가' })
    await createRestaurant(pool, { name: '나' })
    expect((await listRestaurants({ limit: 5, among: [id] })).items).toHaveLength(1)
    expect((await listRestaurants({ limit: 5, among: [] })).items).toEqual([])
  })

  it('says which categories and regions there are, the most frequent first', async () => {
    await createRestaurant(pool, { category: '국수', region: '성수' })
    await createRestaurant(pool, { category: '국수', region: '망원' })
    await createRestaurant(pool, { category: '일식', region: '망원' })
    await createRestaurant(pool, { category: '중식', region: '판교', published: false })
    expect(await listFacets()).toEqual({
      categories: [
        { word: '국수', count: 2 },
        { word: '일식', count: 1 },
      ],
      regions: [
        { word: '망원', count: 2 },
        { word: '성수', count: 1 },
      ],
    })
  })

  it('takes wildcards and quotes for what they are', async () => {
    for (const name of ['50% 할인', 'a_b', 'back\\slash', "o'clock", 'plain']) {
      await createRestaurant(pool, { name })
    }
    expect(await listNames({ keyword: '%' })).toEqual(['50% 할인'])
    expect(await listNames({ keyword: '_' })).toEqual(['a_b'])
    expect(await listNames({ keyword: '\\' })).toEqual(['back\\slash'])
    expect(await listNames({ keyword: "'" })).toEqual(["o'clock"])
    expect(await listNames({ keyword: "' OR true --" })).toEqual([])
  })

  it('refuses a query that is half understood', () => {
    const wrong: Record<string, unknown>[] = [
      { limit: '0' },
      { limit: '-1' },
      { limit: '51' },
      { limit: '1e1' },
      { limit: '2 ' },
      { limit: ['1', '2'] },
      { keyword: ['a', 'b'] },
      { keyword: 'a\0' },
      { keyword: 'x'.repeat(61) },
      { cursor: 'nowhere' },
      { page: '2' },
      { __proto__: null, constructor: 'x' },
    ]
    for (const query of wrong) {
      expect(restaurantListQuery.safeParse(query).success, JSON.stringify(query)).toBe(false)
    }
    expect(restaurantListQuery.parse({})).toEqual({ limit: 20 })
    expect(restaurantListQuery.parse({ limit: '50' })).toEqual({ limit: 50 })
  })
})

describe('G19: who may act for a restaurant', () => {
  it('is read from the database, and an owner needs an approval', async () => {
    const house = await createRestaurant(pool)
    const other = await createRestaurant(pool)
    const gone = await createRestaurant(pool, { deletedAt: new Date() })
    const join = async (
      account: Parameters<typeof createAccount>[1],
      role: 'OWNER' | 'STAFF' | null,
    ) => {
      const { id } = await createAccount(pool, account)
      for (const { id: restaurantId } of [house, gone]) {
        if (role) await createStaff(pool, { restaurantId, accountId: id, role })
      }
      return id
    }
    const cases = [
      { id: await join({ role: 'OWNER' }, 'OWNER'), role: 'OWNER', elsewhere: null },
      { id: await join({ role: 'OWNER' }, 'STAFF'), role: 'STAFF', elsewhere: null },
      { id: await join({}, 'STAFF'), role: 'STAFF', elsewhere: null },
      { id: await join({ role: 'ADMIN' }, null), role: 'ADMIN', elsewhere: 'ADMIN' },
      { id: await join({ role: 'ADMIN' }, 'STAFF'), role: 'ADMIN', elsewhere: 'ADMIN' },
      { id: await join({ role: 'OWNER', ownerApprovedAt: null }, 'OWNER'), role: null },
      { id: await join({ role: 'OWNER', ownerApprovedAt: null }, 'STAFF'), role: null },
      { id: await join({ role: 'OWNER' }, null), role: null },
      { id: await join({}, 'OWNER'), role: null },
      { id: await join({}, null), role: null },
      { id: UNKNOWN_ID, role: null },
    ]
    for (const { id: accountId, role, elsewhere = null } of cases) {
      expect(await readStaffRole({ accountId, restaurantId: house.id })).toBe(role)
      expect(await readStaffRole({ accountId, restaurantId: other.id })).toBe(elsewhere)
      expect(await readStaffRole({ accountId, restaurantId: gone.id })).toBeNull()
      expect(await readStaffRole({ accountId, restaurantId: UNKNOWN_ID })).toBeNull()
      const { items } = await listStaffRestaurants({ accountId })
      const expected = [role && house.id, elsewhere && other.id].filter((id) => id !== null)
      expect(items.map(({ id }) => id).toSorted()).toEqual(expected.toSorted())
      for (const item of items) expect(item.role).toBe(role)
    }
  })

  it('is listed in pages', async () => {
    const owner = await createAccount(pool, { role: 'OWNER' })
    for (const name of ['나', '가', '다']) await createRestaurant(pool, { name, ownerId: owner.id })
    const first = await listStaffRestaurants({ accountId: owner.id, limit: 2 })
    const second = await listStaffRestaurants({
      accountId: owner.id,
      limit: 2,
      cursor: first.nextCursor ?? undefined,
    })
    expect(first.items.map(({ name }) => name)).toEqual(['가', '나'])
    expect(second).toMatchObject({ items: [{ name: '다', hasTables: false }], nextCursor: null })
  })

  it('ends at once when the approval is taken back', async () => {
    const owner = await createAccount(pool, { role: 'OWNER' })
    const house = await createRestaurant(pool, { ownerId: owner.id })
    const asked = { accountId: owner.id, restaurantId: house.id }
    expect(await readStaffRole(asked)).toBe('OWNER')
    await database.query('UPDATE accounts SET owner_approved_at = NULL WHERE id = $1', [owner.id])
    expect(await readStaffRole(asked)).toBeNull()
  })
})
