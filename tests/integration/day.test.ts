import { describe, expect, test } from 'vitest'
import { readDay } from '@/domain/floor/queries'
import type { Day, DayParty } from '@/domain/floor/schema'
import { day as daySchema } from '@/domain/floor/schema'
import { saveFloorPlan } from '@/domain/restaurant/floor-plan.commands'
import type { TablePlace } from '@/domain/restaurant/floor-plan.schema'
import { saveAreas } from '@/domain/restaurant/table-group.commands'
import { pool } from '@/lib/db/database'
import {
  createAccount,
  createReservation,
  createRestaurant,
  createServiceDate,
  createSlot,
  createStaff,
  createTable,
  readToday,
} from '@/prisma/factories'

const MINUTE_MS = 60_000

/** A restaurant of one table with three seatings around now: one past, one running, one to come. */
async function setUpEvening() {
  const owner = await createAccount(pool, { role: 'OWNER' })
  const restaurant = await createRestaurant(pool, {
    ownerId: owner.id,
    timeZone: 'America/St_Johns',
  })
  const table = await createTable(pool, { restaurantId: restaurant.id, minParty: 1, maxParty: 4 })
  const serviceDate = await readToday(pool, restaurant.id)
  const slotAt = async (fromMinutes: number) => {
    const startsAt = new Date(Date.now() + fromMinutes * MINUTE_MS)
    const endsAt = new Date(startsAt.getTime() + 60 * MINUTE_MS)
    return (await createSlot(pool, { tableId: table.id, serviceDate, startsAt, endsAt })).id
  }
  return {
    ownerId: owner.id,
    restaurantId: restaurant.id,
    serviceDate,
    over: await slotAt(-90),
    running: await slotAt(-30),
    ahead: await slotAt(30),
  }
}

async function read(asked: { restaurantId: string; ownerId: string }, date?: string): Promise<Day> {
  const { restaurantId, ownerId: accountId } = asked
  const answer = await readDay({ restaurantId, accountId, date })
  if (!answer.ok) throw new Error(answer.reason)
  return answer.value
}

const stateOf = (day: Day, slotId: string) =>
  day.slots.find((slot) => slot.slotId === slotId)?.state
const partyOf = (day: Day, id: string): DayParty | undefined =>
  day.parties.find((party) => party.reservationId === id)

describe('G19: the day of a restaurant', () => {
  test('is found only by its approved staff and admins', async () => {
    const restaurant = await setUpEvening()
    const other = await setUpEvening()
    const unapproved = await createAccount(pool, { role: 'OWNER', ownerApprovedAt: null })
    await createStaff(pool, { restaurantId: restaurant.restaurantId, accountId: unapproved.id })
    const diner = await createAccount(pool)
    const guest = await createReservation(pool, { slotId: restaurant.ahead, dinerId: diner.id })
    expect(guest.dinerId).toBe(diner.id)
    for (const accountId of [other.ownerId, unapproved.id, diner.id])
      expect(await readDay({ restaurantId: restaurant.restaurantId, accountId })).toEqual({
        ok: false,
        reason: 'not-found',
      })
  })

  test('is read by its owner, its floor staff and an admin', async () => {
    const restaurant = await setUpEvening()
    const floor = await createAccount(pool)
    await createStaff(pool, {
      restaurantId: restaurant.restaurantId,
      accountId: floor.id,
      role: 'STAFF',
    })
    const admin = await createAccount(pool, { role: 'ADMIN' })
    for (const ownerId of [restaurant.ownerId, floor.id, admin.id])
      expect((await read({ ...restaurant, ownerId })).restaurantId).toBe(restaurant.restaurantId)
  })

  test('is gone for staff removed a moment ago, and with a deleted restaurant', async () => {
    const restaurant = await setUpEvening()
    const floor = await createAccount(pool)
    const listed = { restaurantId: restaurant.restaurantId, accountId: floor.id }
    await createStaff(pool, { ...listed, role: 'STAFF' })
    expect((await readDay(listed)).ok).toBe(true)
    await pool.query('DELETE FROM restaurant_staff WHERE account_id = $1', [floor.id])
    expect((await readDay(listed)).ok).toBe(false)
    await pool.query('UPDATE restaurants SET deleted_at = now() WHERE id = $1', [
      restaurant.restaurantId,
    ])
    const owned = { restaurantId: restaurant.restaurantId, accountId: restaurant.ownerId }
    expect((await readDay(owned)).ok).toBe(false)
  })
})

describe('what the day shows', () => {
  test('names the tables that can be pushed together, upwards', async () => {
    const restaurant = await setUpEvening()
    const { restaurantId } = restaurant
    await createTable(pool, { restaurantId, maxParty: 4 })
    await pool.query(
      `INSERT INTO restaurant_combinations (restaurant_id, table_ids, min_party, max_party)
       SELECT restaurant_id, array_agg(id ORDER BY id), 5, 8 FROM restaurant_tables
        WHERE restaurant_id = $1 GROUP BY restaurant_id`,
      [restaurantId],
    )
    expect((await read(restaurant)).combinations).toEqual([
      { tableNumbers: [1, 2], minParty: 5, maxParty: 8 },
    ])
  })

  test('tells the areas, and where the tables stand that their owner has placed', async () => {
    const restaurant = await setUpEvening()
    const { restaurantId, ownerId } = restaurant
    await createTable(pool, { restaurantId, maxParty: 4 })
    expect(await read(restaurant)).toMatchObject({ areas: [], floorPlan: [] })
    const asked = { restaurantId, version: null, actor: { accountId: ownerId, address: null } }
    await saveAreas({ ...asked, areas: [{ name: '룸', tableNumbers: [2, 1] }] })
    const places: TablePlace[] = [{ tableNumber: 2, x: 3, y: 1, shape: 'LONG' }]
    await saveFloorPlan({ ...asked, places })
    const day = await read(restaurant)
    expect(daySchema.parse(day)).toEqual(day)
    expect(day).toMatchObject({
      areas: [{ name: '룸', tableNumbers: [1, 2] }],
      floorPlan: places,
    })
  })

  test('has every slot and every party, as the schema says', async () => {
    const restaurant = await setUpEvening()
    const diner = await createAccount(pool, { name: '김민수', phone: '010-1234-5678' })
    const booked = await createReservation(pool, {
      slotId: restaurant.ahead,
      dinerId: diner.id,
      partySize: 3,
      note: '창가 자리 부탁드려요.',
    })
    const day = await read(restaurant)
    expect(daySchema.parse(day)).toEqual(day)
    expect(day).toMatchObject({
      serviceDate: restaurant.serviceDate,
      today: restaurant.serviceDate,
      timeZone: 'America/St_Johns',
      bookingsOn: true,
      closed: false,
      opensAt: null,
      tables: [{ number: 1, minParty: 1, maxParty: 4, seatedReservationId: null }],
    })
    expect(day.slots.map((slot) => slot.slotId)).toEqual([
      restaurant.over,
      restaurant.running,
      restaurant.ahead,
    ])
    expect(day.slots.some(({ offPlan }) => offPlan)).toBe(false)
    expect(partyOf(day, booked.id)).toMatchObject({
      status: 'CONFIRMED',
      name: '김민수',
      phone: '010-1234-5678',
      note: '창가 자리 부탁드려요.',
      partySize: 3,
      walkIn: false,
      slotIds: [restaurant.ahead],
      tableNumbers: [1],
      acts: ['CANCEL', 'SEAT', 'NO_SHOW', 'ARRIVE'],
    })
    expect(day.slots[2]).toMatchObject({ state: 'TAKEN', reservationId: booked.id })
  })

  test('a walk-in over two seatings is one party on two slots', async () => {
    const restaurant = await setUpEvening()
    const walkIn = await createReservation(pool, {
      slotIds: [restaurant.running, restaurant.ahead],
      walkIn: true,
    })
    const day = await read(restaurant)
    expect(partyOf(day, walkIn.id)).toMatchObject({
      walkIn: true,
      name: null,
      status: 'SEATED',
      slotIds: [restaurant.running, restaurant.ahead].sort(),
      tableNumbers: [1],
    })
    expect(day.slots.map((slot) => slot.reservationId)).toEqual([null, walkIn.id, walkIn.id])
  })

  test('G5: a hold past its deadline is over and its slot free, though no row says so yet', async () => {
    const restaurant = await setUpEvening()
    const hold = await createReservation(pool, { slotId: restaurant.ahead, status: 'HELD' })
    const before = await read(restaurant)
    expect([partyOf(before, hold.id)?.status, stateOf(before, restaurant.ahead)]).toEqual([
      'HELD',
      'HELD',
    ])
    await pool.query(
      `UPDATE reservations SET hold_expires_at = now() - interval '1 ms' WHERE id = $1`,
      [hold.id],
    )
    await pool.query(`UPDATE slots SET held_until = now() - interval '1 ms' WHERE id = $1`, [
      restaurant.ahead,
    ])
    const after = await read(restaurant)
    expect(partyOf(after, hold.id)).toMatchObject({ status: 'EXPIRED', acts: [] })
    expect(after.slots[2]).toMatchObject({ state: 'FREE', reservationId: null })
  })

  test('G21: a party whose slot has ended sits on, with its minutes, and has its table', async () => {
    const restaurant = await setUpEvening()
    const seated = await createReservation(pool, { slotId: restaurant.over, status: 'SEATED' })
    const day = await read(restaurant)
    expect(partyOf(day, seated.id)).toMatchObject({ status: 'SEATED', minutesOver: 30 })
    expect(day.tables).toMatchObject([{ number: 1, seatedReservationId: seated.id }])
  })

  test('a party that gave up its slot is still listed, and the slot is free', async () => {
    const restaurant = await setUpEvening()
    const parties = await Promise.all(
      (['CANCELLED', 'NO_SHOW', 'LEFT'] as const).map((status) =>
        createReservation(pool, { slotId: restaurant.running, status }),
      ),
    )
    const day = await read(restaurant)
    expect(stateOf(day, restaurant.running)).toBe('FREE')
    for (const { id, status } of parties)
      expect(partyOf(day, id)).toMatchObject({ status, slotIds: [restaurant.running] })
  })

  test('blocked slots are told apart, deleted ones are left out', async () => {
    const restaurant = await setUpEvening()
    await pool.query('UPDATE slots SET blocked = true WHERE id = $1', [restaurant.ahead])
    await pool.query('UPDATE slots SET deleted_at = now() WHERE id = $1', [restaurant.running])
    const day = await read(restaurant)
    expect(day.slots.map(({ slotId, state }) => [slotId, state])).toEqual([
      [restaurant.over, 'FREE'],
      [restaurant.ahead, 'BLOCKED'],
    ])
  })

  test('another date is its own day, also one without a schedule', async () => {
    const restaurant = await setUpEvening()
    await createReservation(pool, { slotId: restaurant.ahead })
    const date = '2027-01-15'
    expect(await read(restaurant, date)).toMatchObject({
      serviceDate: date,
      today: restaurant.serviceDate,
      closed: true,
      slots: [],
      parties: [],
    })
    await createServiceDate(pool, { restaurantId: restaurant.restaurantId, serviceDate: date })
    expect(await read(restaurant, date)).toMatchObject({ closed: false, slots: [] })
  })

  test('before the day cut today is still the day before, in the restaurant’s zone', async () => {
    const restaurant = await setUpEvening()
    await pool.query(
      `UPDATE restaurants
          SET day_cut_minutes = CASE WHEN extract(hour FROM now() AT TIME ZONE time_zone) < 12 THEN 720 ELSE 0 END
        WHERE id = $1`,
      [restaurant.restaurantId],
    )
    const { rows } = await pool.query<{ today: string; calendar: string; isMorning: boolean }>(
      `SELECT service_date_at(now(), time_zone, day_cut_minutes) AS today,
              (now() AT TIME ZONE time_zone)::date AS calendar,
              extract(hour FROM now() AT TIME ZONE time_zone) < 12 AS "isMorning"
         FROM restaurants WHERE id = $1`,
      [restaurant.restaurantId],
    )
    const [at] = rows
    const day = await read(restaurant)
    expect(day.today).toBe(at?.today)
    expect(day.serviceDate).toBe(at?.today)
    expect(day.today === at?.calendar).toBe(!at?.isMorning)
  })
})
