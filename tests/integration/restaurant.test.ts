import { beforeEach, describe, expect, it } from 'vitest'
import {
  findRestaurant,
  listRestaurants,
  listStaffRestaurants,
  readStaffRole,
} from '@/domain/restaurant/queries'
import { restaurant, restaurantListQuery } from '@/domain/restaurant/schema'
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
    })
    expect(restaurant.strict().parse(found)).toEqual(found)
    expect(await findRestaurant({ idOrSlug: made.id })).toEqual(found)
    expect(await findRestaurant({ idOrSlug: made.id.toUpperCase() })).toEqual(found)
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
