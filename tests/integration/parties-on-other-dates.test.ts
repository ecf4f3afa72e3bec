import { describe, expect, test } from 'vitest'
import { findCheckIn, findPartiesOnOtherDates } from '@/domain/floor/queries'
import { addDays } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import {
  createAccount,
  createReservation,
  createRestaurant,
  createSlot,
  createStaff,
  createTable,
  readToday,
} from '@/prisma/factories'
import type { Reservation } from '@/prisma/generated/client'
import { TIME_ZONE } from '../support/time-zone'

const DAY_MS = 86_400_000

async function setUpRestaurant() {
  const owner = await createAccount(pool, { role: 'OWNER' })
  const { id: restaurantId } = await createRestaurant(pool, {
    ownerId: owner.id,
    timeZone: TIME_ZONE,
  })
  const table = await createTable(pool, { restaurantId, minParty: 1, maxParty: 4 })
  const today = await readToday(pool, restaurantId)
  const book = async (
    days: number,
    diner: { name: string; phone?: string },
    change: Partial<Reservation> = {},
  ) => {
    const { id: dinerId } = await createAccount(pool, diner)
    const serviceDate = addDays({ date: today, days })
    const startsAt = new Date(Date.now() + days * DAY_MS + (days === 0 ? 3_600_000 : 0))
    const slot = await createSlot(pool, { tableId: table.id, serviceDate, startsAt })
    return (await createReservation(pool, { slotId: slot.id, dinerId, ...change })).id
  }
  const find = (search: string, accountId = owner.id) =>
    findPartiesOnOtherDates({ restaurantId, date: today, search, accountId })
  const idsOf = async (search: string) => {
    const found = await find(search)
    if (!found.ok) throw new Error(found.reason)
    return found.value.map(({ reservationId }) => reservationId)
  }
  return { owner, restaurantId, today, book, find, idsOf }
}

describe('a party that comes on the wrong day', () => {
  test('is found by name, initial consonants or four digits, the nearest date first', async () => {
    const { book, idsOf, find, today } = await setUpRestaurant()
    const phone = '010-1234-5678'
    const later = await book(5, { name: '김 민수', phone })
    const yesterday = await book(-1, { name: '김민수', phone }, { status: 'NO_SHOW' })
    const off = await book(2, { name: '김민수' }, { status: 'CANCELLED' })
    await book(0, { name: '김민수', phone })
    await book(3, { name: '박서준', phone: '010-9999-5679' })
    for (const search of ['김민수', '민수', 'ㄱㅁㅅ'])
      expect(await idsOf(search)).toEqual([yesterday, later, off])
    expect(await idsOf('5678')).toEqual([yesterday, later])
    expect(await idsOf('1234-5678')).toEqual([yesterday, later])
    expect(await find('5678')).toMatchObject({
      value: [
        {
          serviceDate: addDays({ date: today, days: -1 }),
          status: 'NO_SHOW',
          name: '김민수',
        },
        {},
      ],
    })
  })

  test('what people type: is found by a name that is being composed, and a phone either way', async () => {
    const { book, idsOf } = await setUpRestaurant()
    const old = await book(1, { name: '김수민', phone: '010-1234-5678' })
    const now = await book(2, { name: '김 수민', phone: '+821012345678' })
    await book(3, { name: '박서준', phone: '+14155550100' })
    for (const search of [
      '김수미',
      '김ㅅ',
      'ㄳㅁ',
      'rlatnals',
      '5678',
      '+82 10-1234-5678',
      '01012345678',
    ])
      expect(await idsOf(search), search).toEqual([old, now])
    expect(await idsOf('+1 415 555 0100')).toHaveLength(1)
  })

  test('is not found by a search that matches everyone', async () => {
    const { book, idsOf } = await setUpRestaurant()
    await book(1, { name: '김민수', phone: '010-1234-5678' })
    for (const search of ['.*', '%%', '__', '78', '678', '\\d', '()'])
      expect(await idsOf(search)).toEqual([])
  })

  test('G19: is never found at another restaurant, nor by anyone but the staff', async () => {
    const restaurant = await setUpRestaurant()
    const other = await setUpRestaurant()
    await other.book(1, { name: '김민수' })
    expect(await restaurant.idsOf('김민수')).toEqual([])
    await restaurant.book(1, { name: '김민수' })
    const floor = await createAccount(pool)
    const { restaurantId } = restaurant
    await createStaff(pool, { restaurantId, accountId: floor.id, role: 'STAFF' })
    expect(await restaurant.find('김민수', floor.id)).toMatchObject({ value: [{ name: '김민수' }] })
    const diner = await createAccount(pool)
    for (const accountId of [other.owner.id, diner.id])
      expect(await restaurant.find('김민수', accountId)).toEqual({ ok: false, reason: 'not-found' })
  })
})

describe('a code scanned at the door', () => {
  test('G19: opens the party’s board for the restaurant’s staff, and nothing for anyone else', async () => {
    const { owner, restaurantId, today, book } = await setUpRestaurant()
    const other = await setUpRestaurant()
    const reservationId = await book(4, { name: '김민수' })
    expect(await findCheckIn({ reservationId, accountId: owner.id })).toMatchObject({
      ok: true,
      value: {
        restaurantId,
        today,
        serviceDate: addDays({ date: today, days: 4 }),
        status: 'CONFIRMED',
      },
    })
    const diner = await createAccount(pool)
    for (const accountId of [other.owner.id, diner.id])
      expect(await findCheckIn({ reservationId, accountId })).toEqual({
        ok: false,
        reason: 'not-found',
      })
  })
})
