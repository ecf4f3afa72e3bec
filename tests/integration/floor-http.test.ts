import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation, createSlot } from '@/prisma/factories'
import { askApi, expectProblem, readJson } from '../support/api-client'
import { fingerprintRows, setUpRestaurant, useApps } from '../support/http-scene'

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
