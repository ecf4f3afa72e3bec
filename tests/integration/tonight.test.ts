import { beforeEach, describe, expect, it, vi } from 'vitest'
import { loadLanding } from '@/domain/availability/loaders'
import { listFreeTonight, readTonight } from '@/domain/availability/tonight.queries'
import { tonight, tonightQuery } from '@/domain/availability/tonight.schema'
import { pool } from '@/lib/db/database'
import {
  createReservation,
  createRestaurant,
  createServiceDate,
  createSlot,
  createTable,
} from '@/prisma/factories'
import type { Restaurant, ServiceDate } from '@/prisma/generated/client'
import { useDatabase } from '@/tests/support/database'
import { createOpening } from '@/tests/support/opening-scene'

const database = useDatabase()
const HOUR_MS = 3_600_000
const addDays = (date: string, days: number) =>
  new Date(Date.parse(date) + days * 24 * HOUR_MS).toISOString().slice(0, 10)
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS)

beforeEach(() => database.truncateAll())

/** A restaurant far from the test's time zone, with a table for two and that many coming seatings. */
async function setUp({
  seatings = 1,
  maxParty = 2,
  day = {},
  ...given
}: Partial<Restaurant> & {
  seatings?: number
  maxParty?: number
  day?: Partial<ServiceDate>
} = {}) {
  const { id } = await createRestaurant(pool, { timeZone: 'Pacific/Chatham', ...given })
  const { serviceDate } = await createServiceDate(pool, {
    restaurantId: id,
    ...day,
    serviceDate: undefined,
  })
  const { id: tableId } = await createTable(pool, { restaurantId: id, minParty: 1, maxParty })
  const slots: string[] = []
  for (let index = 0; index < seatings; index += 1)
    slots.push(
      (await createSlot(pool, { tableId, serviceDate, startsAt: inHours(1 + 2 * index) })).id,
    )
  return { id, tableId, serviceDate, slots }
}

async function stateOf(id: string, partySize = 2) {
  const { data } = await readTonight({ restaurantIds: [id], partySize })
  expect(tonight.strict().parse(data)).toEqual(data)
  return data.restaurants[0]?.state
}

describe('what is free tonight', () => {
  it('is given per restaurant, or the reason why nothing is', async () => {
    const free = await setUp({ seatings: 5 })
    const { data } = await readTonight({ restaurantIds: [free.id], partySize: 2 })
    expect(data.restaurants[0]).toMatchObject({
      restaurantId: free.id,
      serviceDate: free.serviceDate,
      timeZone: 'Pacific/Chatham',
      state: 'FREE',
      moreTimes: 2,
      opensAt: null,
    })
    expect(data.restaurants[0]?.freeTimes).toHaveLength(3)

    const full = await setUp()
    await createReservation(pool, { slotId: full.slots[0] ?? '' })
    const held = await setUp()
    await createReservation(pool, { slotId: held.slots[0] ?? '', status: 'HELD' })
    const ranOut = await setUp()
    await createReservation(pool, {
      slotId: ranOut.slots[0] ?? '',
      status: 'HELD',
      holdExpiresAt: inHours(-1),
    })
    const opening = await setUp({ day: { opensAt: inHours(0.5) } })
    const opened = await setUp({ day: { opensAt: inHours(-1) } })
    const { id: line } = await createRestaurant(pool)
    const { restaurantId: unscheduled } = await createTable(pool)
    expect(await stateOf(full.id)).toBe('FULL')
    expect(await stateOf(held.id)).toBe('HELD')
    expect(await stateOf(ranOut.id), 'G5').toBe('FREE')
    expect(await stateOf(opening.id)).toBe('OPENS_LATER')
    expect(await stateOf(opened.id)).toBe('FREE')
    expect(await stateOf((await setUp({ day: { closed: true } })).id)).toBe('CLOSED')
    expect(await stateOf((await setUp({ bookingsOn: false })).id)).toBe('BOOKINGS_OFF')
    expect(await stateOf((await setUp({ seatings: 0 })).id)).toBe('OVER')
    expect(await stateOf(free.id, 3)).toBe('MISFIT')
    expect(await stateOf(line)).toBe('LINE_ONLY')
    expect(await stateOf(unscheduled)).toBe('CLOSED')

    const { free: ids, opening: openingIds } = await listFreeTonight({ partySize: 2 })
    expect(ids.toSorted()).toEqual([free.id, ranOut.id, opened.id].toSorted())
    expect(openingIds).toEqual([opening.id])
    expect(await listFreeTonight({ partySize: 3 })).toEqual({ free: [], opening: [] })
  })

  it('says the next free time of a later date that anybody may book, when tonight is over', async () => {
    const restaurant = await setUp({ seatings: 0, horizonDays: 7 })
    const { id, tableId } = restaurant
    const addLater = async ({
      days,
      ...given
    }: {
      days: number
      closed?: boolean
      opensAt?: Date
    }) => {
      const { serviceDate } = await createServiceDate(pool, {
        restaurantId: id,
        ...given,
        serviceDate: addDays(restaurant.serviceDate, days),
      })
      return createSlot(pool, { tableId, serviceDate, startsAt: inHours(24 * days + 1) })
    }
    const nextOf = async (partySize = 2) => {
      const { data } = await readTonight({ restaurantIds: [id], partySize })
      const [known] = data.restaurants
      return {
        state: known?.state,
        nextFreeAt: known?.nextFreeAt,
        nextFreeDate: known?.nextFreeDate,
      }
    }
    const none = { state: 'OVER', nextFreeAt: null, nextFreeDate: null }
    // Closed, not open yet, behind a gate, taken, and beyond the horizon.
    await addLater({ days: 1, closed: true })
    await addLater({ days: 2, opensAt: inHours(2) })
    const gated = await addLater({ days: 3 })
    await createOpening({ restaurantId: id, daysAhead: 3, opensInMinutes: -5 })
    const taken = await addLater({ days: 4 })
    await createReservation(pool, { slotId: taken.id })
    await addLater({ days: 8 })
    expect(gated.startsAt.getTime()).toBeGreaterThan(Date.now())
    expect(await nextOf()).toEqual(none)
    const later = await addLater({ days: 6 })
    await expect
      .poll(() => nextOf())
      .toEqual({
        state: 'OVER',
        nextFreeAt: later.startsAt.toISOString(),
        nextFreeDate: later.serviceDate,
      })
    expect(await nextOf(3), 'a party that no table seats').toEqual({ ...none, state: 'OVER' })
    await pool.query('UPDATE restaurants SET same_day_only = true WHERE id = $1', [id])
    await expect.poll(() => nextOf()).toEqual(none)
  })

  it('names the next opening that is coming, of whatever date, and lists its restaurant', async () => {
    const soon = await setUp({ seatings: 0 })
    const free = await setUp()
    const cancelled = await createOpening({ restaurantId: soon.id, opensInMinutes: 20 })
    await pool.query(
      `UPDATE openings SET cancelled_at = now(), cancelled_for = '쉬어요' WHERE id = $1`,
      [cancelled.openingId],
    )
    const next = await createOpening({ restaurantId: soon.id, daysAhead: 5, opensInMinutes: 40 })
    await createOpening({ restaurantId: soon.id, daysAhead: 6, opensInMinutes: 60 })
    await createOpening({ restaurantId: free.id, daysAhead: 2, opensInMinutes: 30 })
    const { data } = await readTonight({ restaurantIds: [soon.id, free.id], partySize: 2 })
    const openings = data.restaurants.map(({ restaurantId, opening }) => [restaurantId, opening])
    expect(Object.fromEntries(openings)[soon.id]).toMatchObject({ openingId: next.openingId })
    expect(Object.fromEntries(openings)[free.id]).not.toBeNull()
    const listed = await listFreeTonight({ partySize: 2 })
    expect(listed.opening, 'the soonest first').toEqual([free.id, soon.id])
    expect(listed.free).toContain(free.id)
    const landing = await loadLanding()
    expect(landing.opening.map(({ id }) => id)).toEqual([free.id, soon.id])
    expect(landing.free).toEqual([])
  })

  it('excludes past, blocked and deleted slots, and other dates', async () => {
    const restaurant = await setUp({ seatings: 0 })
    const { tableId, serviceDate } = restaurant
    await createSlot(pool, { tableId, serviceDate, startsAt: inHours(-1) })
    await createSlot(pool, { tableId, serviceDate, startsAt: inHours(3), deletedAt: new Date() })
    expect(await stateOf(restaurant.id)).toBe('OVER')
    await createSlot(pool, { tableId, serviceDate, startsAt: inHours(5), blocked: true })
    expect(await stateOf(restaurant.id, 1)).toBe('FULL')
    expect((await listFreeTonight({ partySize: 1 })).free).toEqual([])
  })

  it('leaves out hidden restaurants', async () => {
    const { id: draft } = await setUp({ published: false, maxParty: 7 })
    const { id: gone } = await setUp({ deletedAt: new Date(), maxParty: 7 })
    const { data } = await readTonight({ restaurantIds: [draft, gone], partySize: 7 })
    expect(data.restaurants).toEqual([])
    expect((await listFreeTonight({ partySize: 7 })).free).toEqual([])
  })

  it('costs one query, whatever the number of restaurants and of diners looking', async () => {
    const ids: string[] = []
    for (let index = 0; index < 20; index += 1) ids.push((await setUp()).id)
    const query = vi.spyOn(pool, 'query')
    const looked = await Promise.all(
      [ids, ids.toReversed(), [...ids, ...ids]].map((restaurantIds) =>
        readTonight({ restaurantIds, partySize: 2 }),
      ),
    )
    expect(looked.map(({ data }) => data.restaurants.length)).toEqual([20, 20, 20])
    expect(query).toHaveBeenCalledTimes(1)
    query.mockRestore()
  })

  it('refuses an address that is not in canonical form, or invalid', () => {
    const [a, b] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b']
    const isTaken = (query: Record<string, unknown>) => tonightQuery.safeParse(query).success
    expect(isTaken({ party: '2', restaurants: `${a},${b}` })).toBe(true)
    for (const party of ['0', '-1', '1e309', '2.0', ' 2', '21', '02', ['2'], undefined])
      expect(isTaken({ party, restaurants: a }), String(party)).toBe(false)
    const tooMany = Array.from({ length: 51 }, () => a).join(',')
    for (const restaurants of [
      ...['', `${b},${a}`, `${a},${a}`, a.toUpperCase(), `${a},`, 'x', `${a}\0`, tooMany, [a]],
    ])
      expect(isTaken({ party: '2', restaurants }), String(restaurants)).toBe(false)
    expect(isTaken({ party: '2', restaurants: a, date: '2026-11-22' })).toBe(false)
  })
})
