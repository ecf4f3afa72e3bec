import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import type { Reason } from '@/lib/problems/problem'
import { createReservation, createServiceDate, createSlot, createTable } from '@/prisma/factories'
import { expectProblem, readJson } from '../support/api-client'
import { type BookingScene, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import {
  bookOver,
  createPerson,
  fingerprintRows,
  type Person,
  setUpRestaurant,
  signTokenFor,
  useApps,
} from '../support/http-scene'

const database = useDatabase()
const apps = useApps()
const NOBODY = '00000000-0000-4000-8000-000000000000'

let diner: Person
beforeAll(async () => {
  diner = await createPerson()
})

/** Asks in both languages, and checks whether anything was written. */
async function expectRefusal(
  asked: Omit<Parameters<typeof bookOver>[0], 'url' | 'token'>,
  expected: { status: number; reason: Reason },
) {
  const before = await fingerprintRows()
  const ask = { url: apps.urlOf(), token: diner.token, ...asked }
  const problem = expectProblem(await bookOver(ask), expected)
  const english = await bookOver({ ...ask, headers: { 'accept-language': 'en-GB,ko;q=0.5' } })
  expectProblem(english, { ...expected, language: 'en' })
  expect(await fingerprintRows()).toEqual(before)
  return problem
}

/** The calendar date that many days from the restaurant's today. */
async function addDays({ serviceDate }: BookingScene, days: number): Promise<string> {
  const [row] = await database.query<{ date: string }>(
    'SELECT ($1::date + $2::int)::text AS date',
    [serviceDate, days],
  )
  return row?.date ?? ''
}

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000)

describe('G3, hard case 19: a date that can’t be booked has its own reason', () => {
  let scene: BookingScene
  beforeEach(async () => {
    scene = await setUpSeating({ tables: [{ maxParty: 4 }], restaurant: { horizonDays: 7 } })
  })

  test.each([-1, -400])('G3: %i days from today is past', async (days) => {
    const serviceDate = await addDays(scene, days)
    const problem = await expectRefusal(
      { scene, serviceDate },
      { status: 422, reason: 'past-date' },
    )
    expect(problem.today).toBe(scene.serviceDate)
  })

  test.each([8, 9_999])('G3: %i days ahead is beyond a horizon of seven', async (days) => {
    const serviceDate = await addDays(scene, days)
    const lastDate = await addDays(scene, 7)
    await createServiceDate(pool, { restaurantId: scene.restaurantId, serviceDate })
    const problem = await expectRefusal(
      { scene, serviceDate },
      { status: 422, reason: 'beyond-horizon' },
    )
    expect(problem.lastDate).toBe(lastDate)
  })

  test('G3: a date without a schedule is closed', async () => {
    const serviceDate = await addDays(scene, 3)
    await expectRefusal({ scene, serviceDate }, { status: 422, reason: 'closed-day' })
  })

  test('G3: a date closed after its slots were made is closed', async () => {
    await database.query('UPDATE service_dates SET closed = true WHERE restaurant_id = $1', [
      scene.restaurantId,
    ])
    await expectRefusal({ scene }, { status: 422, reason: 'closed-day' })
  })

  test('G3: tomorrow at a same-day-only restaurant is not today', async () => {
    await database.query('UPDATE restaurants SET same_day_only = true WHERE id = $1', [
      scene.restaurantId,
    ])
    const serviceDate = await addDays(scene, 1)
    const problem = await expectRefusal(
      { scene, serviceDate },
      { status: 422, reason: 'not-today' },
    )
    expect(problem.today).toBe(scene.serviceDate)
  })

  test('G3: before its opening a date is not open yet, and says when it will be', async () => {
    const opensAt = inMinutes(45)
    await database.query('UPDATE service_dates SET opens_at = $2 WHERE restaurant_id = $1', [
      scene.restaurantId,
      opensAt,
    ])
    const problem = await expectRefusal({ scene }, { status: 403, reason: 'not-open-yet' })
    expect(problem.opensAt).toBe(opensAt.toISOString())
  })

  test('G3: with bookings switched off nothing is booked', async () => {
    await database.query('UPDATE restaurants SET bookings_on = false WHERE id = $1', [
      scene.restaurantId,
    ])
    await expectRefusal({ scene }, { status: 403, reason: 'bookings-off' })
  })
})

describe('G3, hard case 19: a time, a table or a party that doesn’t fit', () => {
  let scene: BookingScene
  beforeEach(async () => {
    scene = await setUpSeating({ tables: [{ minParty: 2, maxParty: 4 }] })
  })

  test.each([1, 5, 100, 101, 2_147_483_647])(
    'G3: no table fits a party of %i',
    async (partySize) => {
      await expectRefusal({ scene, partySize }, { status: 422, reason: 'party-size' })
    },
  )

  test.each([1, -1, 1_440])(
    'G3: %i minutes beside the seating there is no such time',
    async (by) => {
      const startsAt = new Date(scene.startsAt.getTime() + by * 60_000).toISOString()
      await expectRefusal({ scene, startsAt }, { status: 422, reason: 'no-such-time' })
    },
  )

  test('G3: a time one millisecond off a seating does not exist', async () => {
    const startsAt = new Date(scene.startsAt.getTime() + 1).toISOString()
    await expectRefusal({ scene, startsAt }, { status: 422, reason: 'no-such-time' })
  })

  test('G3: a seating that has begun is past', async () => {
    const table = await createTable(pool, { restaurantId: scene.restaurantId })
    const startsAt = inMinutes(-1)
    await createSlot(pool, { tableId: table.id, startsAt })
    await expectRefusal(
      { scene, startsAt: startsAt.toISOString() },
      { status: 422, reason: 'past-time' },
    )
  })

  test('G3: a slot of another restaurant is not found here', async () => {
    const other = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const slotId = other.slotIds[0]
    await expectRefusal({ scene, slotId }, { status: 422, reason: 'no-such-time' })
  })

  test('G3: an unknown slot, or one of another time, is not found', async () => {
    await expectRefusal({ scene, slotId: NOBODY }, { status: 422, reason: 'no-such-time' })
    const later = await createSlot(pool, {
      tableId: (await createTable(pool, { restaurantId: scene.restaurantId })).id,
      startsAt: inMinutes(300),
    })
    await expectRefusal({ scene, slotId: later.id }, { status: 422, reason: 'no-such-time' })
  })

  test('G3: a deleted slot is not found, a blocked one is taken', async () => {
    const [slotId] = scene.slotIds
    await database.query('UPDATE slots SET blocked = true WHERE id = $1', [slotId])
    await expectRefusal({ scene, slotId }, { status: 409, reason: 'slot-taken' })
    await database.query('UPDATE slots SET blocked = false, deleted_at = now() WHERE id = $1', [
      slotId,
    ])
    await expectRefusal({ scene, slotId }, { status: 422, reason: 'no-such-time' })
  })
})

describe('G19, hard case 19: restaurants and people that do not exist', () => {
  test('G19: an unknown restaurant is not found', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    await expectRefusal({ scene, restaurantId: NOBODY }, { status: 404, reason: 'not-found' })
  })

  test('G19: a deleted restaurant is not found', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    await database.query('UPDATE restaurants SET deleted_at = now() WHERE id = $1', [
      scene.restaurantId,
    ])
    await expectRefusal({ scene }, { status: 404, reason: 'not-found' })
  })

  test('G19: a deleted account’s token books nothing', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const before = await fingerprintRows()
    const token = await signTokenFor({ id: NOBODY, email: 'gone@bobjool.test' })
    const answer = await bookOver({ url: apps.urlOf(), token, scene })
    expectProblem(answer, { status: 401, reason: 'signed-out' })
    expect(await fingerprintRows()).toEqual(before)
  })
})

describe('G7: somebody else, or the diner, was first', () => {
  test('G7: sold out says as of when', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    await createReservation(pool, { slotId: String(scene.slotIds[0]) })
    const problem = await expectRefusal({ scene }, { status: 409, reason: 'sold-out' })
    expect(problem.asOf).toMatch(/^\d{4}-.*Z$/)
  })

  test('G7: “only holds left” is told apart from sold out, with when to look again', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const held = await createReservation(pool, {
      slotId: String(scene.slotIds[0]),
      status: 'HELD',
    })
    const problem = await expectRefusal({ scene }, { status: 409, reason: 'all-being-booked' })
    expect(problem.lookAgainAt).toBe(held.holdExpiresAt?.toISOString())
  })

  test('G7: a named slot that is taken gives slot-taken, while others are free', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
    const slotId = String(scene.slotIds[0])
    await createReservation(pool, { slotId })
    await expectRefusal({ scene, slotId }, { status: 409, reason: 'slot-taken' })
  })

  test('G2: a second booking on one date gives already-booked', async () => {
    const restaurant = await setUpRestaurant({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
    await createReservation(pool, { slotId: String(restaurant.slotIds[0]), dinerId: diner.id })
    await expectRefusal({ scene: restaurant }, { status: 409, reason: 'already-booked' })
  })

  test('G4: the same key with another body is refused, with the same instant in another zone it is not', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    // The others of this file have bookings at the same time.
    const person = await createPerson()
    const ask = { url: apps.urlOf(), token: person.token, scene, key: 'one-key' }
    const booked = await bookOver(ask)
    expect(booked.status).toBe(201)
    expectProblem(await bookOver({ ...ask, partySize: 3 }), { status: 422, reason: 'key-reused' })
    expectProblem(await bookOver({ ...ask, note: '창가' }), { status: 422, reason: 'key-reused' })
    expectProblem(await bookOver({ ...ask, partySize: 3, attempt: 2 }), {
      status: 422,
      reason: 'key-reused',
    })
    const inSeoul = new Date(scene.startsAt.getTime() + 9 * 3_600_000).toISOString()
    const again = await bookOver({ ...ask, startsAt: inSeoul.replace('Z', '+09:00') })
    expect([again.status, readJson(again)]).toEqual([201, readJson(booked)])
    const rows = await database.query('SELECT 1 FROM reservations WHERE diner_id = $1', [person.id])
    expect(rows).toHaveLength(1)
  })
})
