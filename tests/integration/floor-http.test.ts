import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation, createSlot } from '@/prisma/factories'
import { type Answer, askApi, expectProblem, readJson } from '../support/api-client'
import { fingerprintRows, setUpRestaurant, useApps } from '../support/http-scene'
import { joinLine, setUpLine } from '../support/line-scene'

const apps = useApps()

async function setUp() {
  const restaurant = await setUpRestaurant({ inMinutes: -30 })
  const { restaurantId, slotIds, owner, diner } = restaurant
  const { id } = await createReservation(pool, { slotId: String(slotIds[0]), dinerId: diner.id })
  const { rows } = await pool.query<{ tableId: string; endsAt: Date }>(
    'SELECT table_id AS "tableId", ends_at AS "endsAt" FROM slots WHERE id = $1',
    [slotIds[0]],
  )
  const [slot] = rows
  if (!slot) throw new Error('a slot was made')
  const next = await createSlot(pool, { tableId: slot.tableId, startsAt: slot.endsAt })
  const act = (name: string, body: object = {}, person = owner) =>
    askApi({
      url: apps.urlOf(),
      method: 'POST',
      path: `/api/v1/reservations/${id}/${name}`,
      token: person.token,
      body,
    })
  const seatWalkIn = () =>
    askApi({
      url: apps.urlOf(),
      method: 'POST',
      path: `/api/v1/restaurants/${restaurantId}/walk-ins`,
      token: owner.token,
      body: { partySize: 2, slotIds: [next.id] },
    })
  const readDay = async () =>
    readJson(
      await askApi({
        url: apps.urlOf(),
        path: `/api/v1/restaurants/${restaurantId}/day`,
        token: owner.token,
      }),
    )
  return { id, owner, diner, act, seatWalkIn, readDay }
}

describe('the acts of a host desk', () => {
  test('G21: an occupied table is 409 table-occupied, with its number and words in both languages', async () => {
    const { act, seatWalkIn, readDay, id } = await setUp()
    expect((await act('seat')).status).toBe(200)
    const refused = await seatWalkIn()
    expectProblem(refused, { status: 409, reason: 'table-occupied' })
    expect(readJson(refused)).toMatchObject({ tableNumbers: [1] })
    expect(await readDay()).toMatchObject({
      tables: [{ number: 1, seatedReservationId: id }],
      parties: [
        { reservationId: id, status: 'SEATED', leftAt: null, minutesOver: 0, minutesLate: 0 },
      ],
    })
    expect((await act('leave')).status).toBe(200)
    expect((await seatWalkIn()).status).toBe(201)
    expectProblem(await act('correct', { to: 'SEATED' }), { status: 409, reason: 'table-occupied' })
  })

  test('a party arrives, is late, sits, and is corrected', async () => {
    const { act, diner, readDay } = await setUp()
    const late = await act('late', { minutes: 40 }, diner)
    expect(readJson(late)).toMatchObject({ lateMinutes: 40 })
    expect(await readDay()).toMatchObject({ parties: [{ lateMinutes: 40, minutesLate: 40 }] })
    expect(readJson(await act('arrive'))).toMatchObject({ status: 'CONFIRMED' })
    expect(await readDay()).toMatchObject({ parties: [{ minutesLate: 0 }] })
    expect(readJson(await act('seat'))).toMatchObject({ status: 'SEATED' })
    expect(readJson(await act('correct', { to: 'CONFIRMED' }))).toMatchObject({
      status: 'CONFIRMED',
    })
    expectProblem(await act('correct', { to: 'SEATED' }), { status: 409, reason: 'cannot-move' })
  })

  test.each([
    ['correct', {}],
    ['correct', { to: 'LEFT' }],
    ['correct', { to: null }],
    ['correct', { to: 'SEATED', from: 'LEFT' }],
    ['late', {}],
    ['late', { minutes: -1 }],
    ['late', { minutes: 121 }],
    ['late', { minutes: 1.5 }],
    ['late', { minutes: '15' }],
    ['late', { minutes: 1_000_000_000 }],
    ['late', { minutes: 15, name: 'x' }],
    ['arrive', { override: 'yes' }],
  ])('bad input: %s %j is refused and changes nothing', async (name, body) => {
    const { act } = await setUp()
    const before = await fingerprintRows()
    expectProblem(await act(name, body), { status: 422, reason: 'invalid' })
    expect(await fingerprintRows()).toEqual(before)
  })
})

describe('a table that the restaurant does not have', () => {
  type Scene = Awaited<ReturnType<typeof setUpTables>>

  /** A restaurant with table 1 and a retired 2, a reservation, a party in line; another one has 7. */
  async function setUpTables() {
    const here = await setUpRestaurant({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
    const { restaurantId, slotIds, owner, diner } = here
    const there = await setUpRestaurant()
    await pool.query('UPDATE restaurant_tables SET number = 7 WHERE restaurant_id = $1', [
      there.restaurantId,
    ])
    await pool.query(
      'UPDATE restaurant_tables SET deleted_at = now() WHERE restaurant_id = $1 AND number = 2',
      [restaurantId],
    )
    const booked = await createReservation(pool, {
      slotId: String(slotIds[0]),
      dinerId: diner.id,
    })
    await setUpLine({ restaurantId })
    const { id: ticketId } = await joinLine({ restaurantId, ownerId: owner.id })
    const ask = (path: string, body: object, method: 'POST' | 'PUT' = 'POST') =>
      askApi({
        url: apps.urlOf(),
        method,
        path: `/api/v1/${path}`,
        token: owner.token,
        ...(method === 'POST' && { headers: { 'idempotency-key': randomUUID() } }),
        body,
      })
    return { ...here, reservationId: booked.id, ticketId, ask }
  }

  const later = ({ startsAt }: Scene, minutes: number) =>
    new Date((Math.ceil(startsAt.getTime() / 60_000) + minutes) * 60_000).toISOString()
  const callAt = (minutes: number) => (scene: Scene, tableNumbers: number[]) =>
    scene.ask(`restaurants/${scene.restaurantId}/reservations`, {
      serviceDate: scene.serviceDate,
      startsAt: minutes === 0 ? scene.startsAt.toISOString() : later(scene, minutes),
      partySize: 2,
      guest: { name: '김단골' },
      source: 'PHONE',
      notify: false,
      tableNumbers,
    })
  const acts: [name: string, ask: (scene: Scene, tableNumbers: number[]) => Promise<Answer>][] = [
    ['a phone booking', callAt(0)],
    ['a phone booking off the plan', callAt(7)],
    [
      'a walk-in',
      ({ ask, restaurantId }, tableNumbers) =>
        ask(`restaurants/${restaurantId}/walk-ins`, { partySize: 2, tableNumbers }),
    ],
    [
      'a party from the line',
      ({ ask, ticketId }, tableNumbers) => ask(`tickets/${ticketId}/seat`, { tableNumbers }),
    ],
    [
      'a change',
      ({ ask, reservationId }, tableNumbers) =>
        ask(`reservations/${reservationId}/change`, { tableNumbers }),
    ],
    [
      'a change off the plan',
      (scene, tableNumbers) =>
        scene.ask(`reservations/${scene.reservationId}/change`, {
          tableNumbers,
          startsAt: later(scene, 7),
        }),
    ],
    [
      'a combination',
      ({ ask, restaurantId }, tableNumbers) =>
        ask(
          `restaurants/${restaurantId}/combinations`,
          [{ tableNumbers, minParty: 1, maxParty: 4 }],
          'PUT',
        ),
    ],
  ]

  test.each(acts)('%s is refused in one way', async (_, ask) => {
    const scene = await setUpTables()
    const before = await fingerprintRows()
    for (const number of [99, 7, 2]) {
      const answer = await ask(scene, [1, number])
      expectProblem(answer, { status: 422, reason: 'no-such-table' })
      expect(readJson(answer)).toMatchObject({ tableNumbers: [number] })
    }
    expectProblem(await ask(scene, [1, 1]), { status: 422, reason: 'invalid' })
    expect(await fingerprintRows()).toEqual(before)
  })
})
