import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import { type Answer, askApi, expectProblem, readJson } from '../support/api-client'
import { type BookingScene, setUpSeating } from '../support/booking-scene'
import { setUpDoor } from '../support/door-scene'
import { bookOver, createPerson, type Person, useApps } from '../support/http-scene'
import { cancelOwn, setUpLine, takeAs } from '../support/line-scene'

const apps = useApps({ env: { DINER_RESERVATIONS_MAX: '2' } })

const setUp = (inMinutes: number) => setUpSeating({ tables: [{ maxParty: 4 }], inMinutes })

function askObstacle(
  { restaurantId, serviceDate, startsAt }: BookingScene,
  { token }: Person,
  locale = 'ko',
): Promise<Answer> {
  const query = new URLSearchParams({ serviceDate, startsAt: startsAt.toISOString() })
  return askApi({
    url: apps.urlOf(),
    token,
    path: `/api/v1/restaurants/${restaurantId}/obstacle?${query}`,
    headers: { 'accept-language': locale },
  })
}

describe('hoarding over HTTP', () => {
  test('what the booking would refuse is told before it, in the same words and with the same facts', async () => {
    const diner = await createPerson()
    const book = (scene: BookingScene) => bookOver({ url: apps.urlOf(), token: diner.token, scene })
    const own = await setUp(120)
    expect((await askObstacle(own, diner)).status).toBe(204)
    const booked = await book(own)
    expect(booked.status).toBe(201)
    expectProblem(await askObstacle(own, diner), { status: 409, reason: 'already-booked' })

    const other = await setUp(150)
    const told = expectProblem(await askObstacle(other, diner), {
      status: 409,
      reason: 'overlapping-reservation',
    })
    expect(told).toMatchObject({
      reservationId: readJson(booked).id,
      startsAt: own.startsAt.toISOString(),
    })
    expect(readJson(await book(other))).toEqual(told)
  })

  test('the operator’s number is what counts, and it stands in the words of both languages', async () => {
    const diner = await createPerson()
    for (const inMinutes of [120, 240])
      expect(
        (await bookOver({ url: apps.urlOf(), token: diner.token, scene: await setUp(inMinutes) }))
          .status,
      ).toBe(201)
    const scene = await setUp(360)
    const refused = await bookOver({ url: apps.urlOf(), token: diner.token, scene })
    const problem = expectProblem(refused, { status: 409, reason: 'too-many-reservations' })
    expect(problem).toMatchObject({ most: 2, title: expect.stringContaining('2개') })
    const english = expectProblem(await askObstacle(scene, diner, 'en'), {
      status: 409,
      reason: 'too-many-reservations',
      language: 'en',
    })
    expect(english.title).toContain('up to 2 reservations')
  })

  test('a change counts the diner’s others: it is none more, and refused beside too many', async () => {
    const diner = await createPerson()
    const own = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 6 }], inMinutes: 120 })
    const { id } = readJson(
      await bookOver({ url: apps.urlOf(), token: diner.token, scene: own, partySize: 2 }),
    )
    const grow = (partySize: number) =>
      askApi({
        url: apps.urlOf(),
        method: 'POST',
        path: `/api/v1/reservations/${id}/change`,
        token: diner.token,
        headers: { 'idempotency-key': randomUUID() },
        body: { partySize },
      })
    const addOther = async (inMinutes: number) => {
      const { slotIds } = await setUp(inMinutes)
      await createReservation(pool, { slotId: String(slotIds[0]), dinerId: diner.id })
    }
    await addOther(240)
    expect((await grow(5)).status).toBe(200)
    await addOther(360)
    expectProblem(await grow(6), { status: 409, reason: 'too-many-reservations' })
  })

  test('G19: nobody learns of another diner’s reservation', async () => {
    const [diner, other] = [await createPerson(), await createPerson()]
    const scene = await setUp(120)
    await bookOver({ url: apps.urlOf(), token: diner.token, scene })
    expect((await askObstacle(scene, other)).status).toBe(204)
  })
})

describe('tickets over HTTP', () => {
  test('a contact that waits already: 409 without number, id or token', async () => {
    const door = await setUpDoor()
    const take = (key: string) =>
      askApi({
        url: apps.urlOf(),
        method: 'POST',
        path: `/api/v1/restaurants/${door.restaurantId}/tickets`,
        headers: { 'idempotency-key': key, 'kiosk-token': door.token },
        body: {
          partySize: 2,
          dining: 'IN_STORE',
          channel: 'KIOSK',
          contact: { email: 'kim@bobjool.test' },
        },
      })
    const taken = await take('one')
    expect(taken.status).toBe(201)
    const refused = await take('two')
    const problem = expectProblem(refused, { status: 409, reason: 'already-in-line' })
    expect(Object.keys(problem).toSorted()).toEqual(['reason', 'status', 'title', 'type'])
    const { id, token } = readJson(taken)
    expect(refused.text).not.toContain(String(id))
    expect(refused.text).not.toContain(String(token))
  })

  test('leaving over and over: 429 with Retry-After', async () => {
    const { token, id: dinerId } = await createPerson()
    const scene = await setUpLine()
    for (let tries = 0; tries < 3; tries += 1) {
      const taken = await takeAs(dinerId, scene)
      await cancelOwn({ id: taken.ok ? taken.value.ticket.id : '', dinerId })
    }
    const refused = await askApi({
      url: apps.urlOf(),
      method: 'POST',
      token,
      path: `/api/v1/restaurants/${scene.restaurantId}/tickets`,
      headers: { 'idempotency-key': 'again' },
      body: { partySize: 2, dining: 'IN_STORE', channel: 'ONLINE' },
    })
    expectProblem(refused, { status: 429, reason: 'line-too-often' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(240)
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(300)
  })
})
