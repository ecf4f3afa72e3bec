import { beforeEach, describe, expect, test } from 'vitest'
import { findReservation } from '@/domain/booking/search.queries'
import { readDay } from '@/domain/floor/queries'
import { changeProfile } from '@/domain/identity/account.commands'
import { findPerson } from '@/domain/identity/people.queries'
import { findAccountOverview } from '@/domain/identity/queries'
import { findRestaurant as findListed } from '@/domain/restaurant/directory.queries'
import { saveProfile } from '@/domain/restaurant/profile.commands'
import { findRestaurant, findStaffRestaurant } from '@/domain/restaurant/queries'
import { listRestaurants } from '@/domain/restaurant/search.queries'
import { pool } from '@/lib/db/database'
import { showPayloadPhone } from '@/lib/text/phone'
import { convertPhones } from '@/prisma/convert-phones'
import {
  createAccount,
  createReservation,
  createRestaurant,
  createSlot,
  createTable,
  readToday,
} from '@/prisma/factories'
import { useDatabase } from '../support/database'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const phoneOf = async (table: 'accounts' | 'restaurants', id: string) =>
  (await database.query<{ phone: string }>(`SELECT phone FROM ${table} WHERE id = $1`, [id]))[0]
    ?.phone

async function setUpSeating({ phone, timeZone }: { phone: string; timeZone: string }) {
  const owner = await createAccount(pool, { role: 'OWNER' })
  const restaurant = await createRestaurant(pool, { ownerId: owner.id, phone, timeZone })
  const { id: restaurantId } = restaurant
  const diner = await createAccount(pool, { name: '김수민', phone: '+821012345678' })
  const table = await createTable(pool, { restaurantId, minParty: 1, maxParty: 4 })
  const serviceDate = await readToday(pool, restaurantId)
  const startsAt = new Date(Date.now() + 3_600_000)
  const slot = await createSlot(pool, { tableId: table.id, serviceDate, startsAt })
  const { id } = await createReservation(pool, { slotId: slot.id, dinerId: diner.id })
  return { owner, restaurant, restaurantId, diner, reservationId: id, serviceDate }
}

describe('what people type: phones are stored as E.164', () => {
  test('a person’s own, and one that no country has is refused at its field', async () => {
    const { id: accountId } = await createAccount(pool)
    const own = { accountId, address: null }
    expect(await changeProfile({ ...own, change: { phone: '010.1234.5678' } })).toMatchObject({
      ok: true,
    })
    expect(await phoneOf('accounts', accountId)).toBe('+821012345678')
    expect(await changeProfile({ ...own, change: { phone: '010123456789' } })).toMatchObject({
      reason: 'invalid',
      details: { fields: [{ field: 'phone' }] },
    })
    expect(await changeProfile({ ...own, change: { phone: null } })).toMatchObject({ ok: true })
    expect(await phoneOf('accounts', accountId)).toBeNull()
  })

  test('a restaurant’s, read as a number of its country', async () => {
    const { owner, restaurant } = await setUpSeating({
      phone: '+81399999999',
      timeZone: 'Asia/Tokyo',
    })
    const { id: restaurantId, name, category, region, address } = restaurant
    const texts = {
      nameEn: null,
      description: '',
      descriptionEn: null,
      guestNote: null,
      guestNoteEn: null,
      mapUrl: null,
    }
    const save = (phone: string, version: number) =>
      saveProfile({
        restaurantId,
        version,
        actor: { accountId: owner.id, address: null },
        profile: { name, category, region, address, ...texts, phone },
      })
    expect(await save('0312345678', 0)).toMatchObject({ ok: true })
    expect(await phoneOf('restaurants', restaurantId)).toBe('+81312345678')
    expect(await save('0112', 1)).toMatchObject({
      reason: 'invalid',
      details: { fields: [{ field: 'profile.phone' }] },
    })
  })
})

describe('what people type: phones are shown in the restaurant’s country’s way', () => {
  test.each([
    ['Asia/Seoul', '+8223124567', '02-312-4567', '010-1234-5678'],
    ['Asia/Seoul', '+8250712345678', '0507-1234-5678', '010-1234-5678'],
    ['Asia/Tokyo', '+81312345678', '03-1234-5678', '+82 10 1234 5678'],
    ['Asia/Seoul', '02-312-4567', '02-312-4567', '010-1234-5678'],
  ])('in %s %s as %s', async (timeZone, phone, shown, ofDiner) => {
    const { owner, restaurant, restaurantId, diner, reservationId } = await setUpSeating({
      phone,
      timeZone,
    })
    const shownIn = [
      await findRestaurant({ idOrSlug: restaurantId }),
      await findStaffRestaurant({ accountId: owner.id, slug: restaurant.slug }),
      await findListed(restaurantId),
      (await listRestaurants({ limit: 1 })).items[0],
    ]
    expect(shownIn.map((each) => each?.phone)).toEqual(shownIn.map(() => shown))
    expect(showPayloadPhone({ restaurant: { phone, timeZone, name: '가' } })).toEqual({
      restaurant: { phone: shown, timeZone, name: '가' },
    })
    const day = await readDay({ restaurantId, accountId: owner.id })
    expect(day.ok && day.value.parties.map((party) => party.phone)).toEqual([ofDiner])
    expect((await findReservation(reservationId))?.dinerPhone).toBe(ofDiner)
    expect((await findPerson(diner.id))?.phone).toBe('010-1234-5678')
    expect((await findAccountOverview(diner.id))?.phone).toBe('010-1234-5678')
  })
})

describe('what people type: npm run phones', () => {
  test('stores old rows as E.164, keeps what it can’t read, and says how many', async () => {
    const phones = [
      '010-1234-5678',
      '02-312-4567',
      '0507-1234-5678',
      '+14155550100',
      '전화 주세요',
      null,
    ]
    const ids: string[] = []
    for (const phone of phones) ids.push((await createAccount(pool, { phone })).id)
    const { id } = await createRestaurant(pool, { phone: '03-1234-5678', timeZone: 'Asia/Tokyo' })
    expect(await convertPhones(pool, 'accounts')).toEqual({ converted: 3, kept: 1 })
    expect(await convertPhones(pool, 'restaurants')).toEqual({ converted: 1, kept: 0 })
    expect(await convertPhones(pool, 'tickets')).toEqual({ converted: 0, kept: 0 })
    const read = await Promise.all(ids.map((each) => phoneOf('accounts', each)))
    expect(read).toEqual([
      '+821012345678',
      '+8223124567',
      '+8250712345678',
      '+14155550100',
      '전화 주세요',
      null,
    ])
    expect(await phoneOf('restaurants', id)).toBe('+81312345678')
    expect(await convertPhones(pool, 'accounts')).toEqual({ converted: 0, kept: 1 })
  })
})
