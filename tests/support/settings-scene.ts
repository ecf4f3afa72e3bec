import type { BookingRules, NewRestaurant, Profile } from '@/domain/restaurant/types'
import { pool } from '@/lib/db/database'
import { createAccount, createRestaurant, createStaff } from '@/prisma/factories'
import type { Restaurant } from '@/prisma/generated/client'

export const actorOf = (accountId: string) => ({ accountId, address: '203.0.113.7' })

/** A restaurant, and everyone who may or may not change it. */
export async function setUpSettings(restaurant: Partial<Restaurant> = {}) {
  const account = async (change: Parameters<typeof createAccount>[1] = {}) =>
    (await createAccount(pool, change)).id
  const owner = await account({ role: 'OWNER', name: '한도윤' })
  const { id: restaurantId, slug } = await createRestaurant(pool, {
    timeZone: 'Asia/Kathmandu',
    ownerId: owner,
    ...restaurant,
  })
  const join = async (accountId: string, role: 'OWNER' | 'STAFF') => {
    await createStaff(pool, { restaurantId, accountId, role })
    return accountId
  }
  const others = {
    floor: await join(await account({ name: '이직원' }), 'STAFF'),
    unapproved: await join(await account({ role: 'OWNER', ownerApprovedAt: null }), 'OWNER'),
    dinerListedAsOwner: await join(await account(), 'OWNER'),
    otherOwner: await account({ role: 'OWNER' }),
    diner: await account(),
    nobody: '00000000-0000-4000-8000-000000000000',
  }
  await createRestaurant(pool, { ownerId: others.otherOwner })
  return { restaurantId, slug, owner, admin: await account({ role: 'ADMIN' }), others }
}

export const newRestaurant = (change: Partial<NewRestaurant> = {}): NewRestaurant => ({
  slug: 'alley-noodles',
  name: '골목국수',
  nameEn: null,
  category: '국수',
  region: '망원',
  address: '서울 마포구 포은로 1',
  phone: '02-123-4567',
  ...change,
})

export const profile = (change: Partial<Profile> = {}): Profile => ({
  name: '골목국수',
  nameEn: 'Alley Noodles',
  category: '국수',
  region: '망원',
  address: '서울 마포구 포은로 1',
  phone: '02-123-4567',
  mapUrl: null,
  description: '멸치로 낸 국물이에요.',
  descriptionEn: null,
  guestNote: null,
  guestNoteEn: null,
  ...change,
})

export const rules = (change: Partial<BookingRules> = {}): BookingRules => ({
  timeZone: 'Asia/Kathmandu',
  seatingMinutes: 90,
  dayCutMinutes: 300,
  sameDayOnly: false,
  horizonDays: 14,
  opensMinutes: null,
  opensDaysBefore: 0,
  confirmWithinMinutes: null,
  noShowLimit: null,
  noShowMonths: null,
  holdsAfterNoShows: false,
  ...change,
})

/** A restaurant's audit log, oldest first. */
export async function listActs(restaurantId: string) {
  const { rows } = await pool.query<{ act: string; actorRole: string; to: string }>(
    `SELECT act, actor_role AS "actorRole", to_status AS "to" FROM audit_events
      WHERE restaurant_id = $1 ORDER BY at, id`,
    [restaurantId],
  )
  return rows
}
