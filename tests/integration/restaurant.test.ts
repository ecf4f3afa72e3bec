import { beforeEach, describe, expect, it } from 'vitest'
import { findRestaurant, listStaffRestaurants, readStaffRole } from '@/domain/restaurant/queries'
import { restaurantDetail } from '@/domain/restaurant/schema'
import { todayOf } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { createAccount, createRestaurant, createStaff, createTable } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'

const database = useDatabase()
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000'

beforeEach(() => database.truncateAll())

describe('a restaurant', () => {
  it('is found by id and by slug, as the public sees it', async () => {
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
      noShowLimit: null,
      noShowMonths: null,
      holdsAfterNoShows: false,
      hours: [],
      closures: [],
      picture: null,
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

  it('shows its week, coming closures, pictures in their order and what to know', async () => {
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

  it('is not found once deleted, nor by an invalid address', async () => {
    const gone = await createRestaurant(pool, { slug: 'gone', deletedAt: new Date() })
    const nothing = ['', '..', 'Friday', "'", 'a\0b', '%', 'x'.repeat(10_000), '__proto__']
    for (const idOrSlug of ['gone', gone.id, UNKNOWN_ID, 'nobody', ...nothing]) {
      expect(await findRestaurant({ idOrSlug }), idOrSlug.slice(0, 40)).toBeNull()
    }
  })

  it('keeps its slug even when it looks like another one’s id', async () => {
    const id = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee'
    await createRestaurant(pool, { id, slug: 'other' })
    await createRestaurant(pool, { slug: id, name: '주소의 주인' })
    expect(await findRestaurant({ idOrSlug: id })).toMatchObject({ name: '주소의 주인' })
  })
})

describe('G19: who may act for a restaurant', () => {
  it('is read from the database, and an owner needs an approval', async () => {
    const restaurant = await createRestaurant(pool)
    const other = await createRestaurant(pool)
    const gone = await createRestaurant(pool, { deletedAt: new Date() })
    const join = async (
      account: Parameters<typeof createAccount>[1],
      role: 'OWNER' | 'STAFF' | null,
    ) => {
      const { id } = await createAccount(pool, account)
      for (const { id: restaurantId } of [restaurant, gone]) {
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
      { id: await join({ role: 'OWNER', ownerApprovedAt: null }, 'STAFF'), role: 'STAFF' },
      { id: await join({ role: 'OWNER' }, null), role: null },
      { id: await join({}, 'OWNER'), role: null },
      { id: await join({}, null), role: null },
      { id: UNKNOWN_ID, role: null },
    ]
    for (const { id: accountId, role, elsewhere = null } of cases) {
      expect(await readStaffRole({ accountId, restaurantId: restaurant.id })).toBe(role)
      expect(await readStaffRole({ accountId, restaurantId: other.id })).toBe(elsewhere)
      expect(await readStaffRole({ accountId, restaurantId: gone.id })).toBeNull()
      expect(await readStaffRole({ accountId, restaurantId: UNKNOWN_ID })).toBeNull()
      const { items } = await listStaffRestaurants({ accountId })
      const expected = [role && restaurant.id, elsewhere && other.id].filter((id) => id !== null)
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

  it('ends at once when the approval is withdrawn', async () => {
    const owner = await createAccount(pool, { role: 'OWNER' })
    const restaurant = await createRestaurant(pool, { ownerId: owner.id })
    const asked = { accountId: owner.id, restaurantId: restaurant.id }
    expect(await readStaffRole(asked)).toBe('OWNER')
    await database.query('UPDATE accounts SET owner_approved_at = NULL WHERE id = $1', [owner.id])
    expect(await readStaffRole(asked)).toBeNull()
  })
})
