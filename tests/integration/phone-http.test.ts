import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { askApi, expectProblem, readJson } from '../support/api-client'
import { fingerprintRows, setUpRestaurant, useApps } from '../support/http-scene'

const apps = useApps()

async function setUp() {
  const restaurant = await setUpRestaurant({ tables: [{ maxParty: 2 }, { maxParty: 4 }] })
  const { restaurantId, serviceDate, startsAt, owner } = restaurant
  const path = `/api/v1/restaurants/${restaurantId}`
  const call = (change: object = {}, { token = owner.token, key = randomUUID() } = {}) =>
    askApi({
      url: apps.urlOf(),
      method: 'POST',
      path: `${path}/reservations`,
      token,
      headers: { 'idempotency-key': key },
      body: {
        serviceDate,
        startsAt: startsAt.toISOString(),
        partySize: 2,
        guest: { name: '김단골', phone: '010-2345-6789' },
        source: 'PHONE',
        notify: false,
        ...change,
      },
    })
  const read = (address: string, token = owner.token) =>
    askApi({ url: apps.urlOf(), path: `${path}/${address}`, token })
  return { ...restaurant, call, read, path }
}

describe('a phone booking, over HTTP', () => {
  test('G4: is 201 with tables, times and guest, and the same key gets the same answer', async () => {
    const { call, read, startsAt } = await setUp()
    const key = randomUUID()
    const made = await call({}, { key })
    expect(made.status).toBe(201)
    expect(readJson(made)).toMatchObject({
      status: 'CONFIRMED',
      tableNumbers: [1],
      startsAt: startsAt.toISOString(),
      partySize: 2,
      guestId: expect.any(String),
    })
    expect(readJson(await call({}, { key }))).toEqual(readJson(made))
    expectProblem(await call({ partySize: 3 }, { key }), { status: 422, reason: 'key-reused' })
    expect(readJson(await read('guests?search=6789'))).toEqual({
      items: [
        expect.objectContaining({
          name: '김단골',
          phone: '010-2345-6789',
          email: null,
          locale: 'ko',
        }),
      ],
      nextCursor: null,
    })
    expect(readJson(await read('day'))).toMatchObject({
      parties: [{ name: '김단골', source: 'PHONE', guest: { name: '김단골' } }],
    })
    expectProblem(await call(), { status: 409, reason: 'already-booked' })
  })

  test('G19: an undo takes it back; strangers find neither the act nor the guests', async () => {
    const { call, read, diner, owner, path } = await setUp()
    const { actId } = readJson(await call()) as { actId: string }
    const undo = (token: string) =>
      askApi({ url: apps.urlOf(), method: 'POST', path: '/api/v1/undo', token, body: { actId } })
    expectProblem(await undo(diner.token), { status: 404, reason: 'not-found' })
    expectProblem(await call({}, { token: diner.token }), { status: 404, reason: 'not-found' })
    expectProblem(await read('guests', diner.token), { status: 404, reason: 'not-found' })
    expectProblem(await askApi({ url: apps.urlOf(), path: `${path}/guests` }), {
      status: 401,
      reason: 'signed-out',
    })
    expect(readJson(await undo(owner.token))).toMatchObject({ status: 'CANCELLED' })
    expect((await call()).status).toBe(201)
  })

  test.each([
    ['a party of 0', { partySize: 0 }],
    ['a party of 999', { partySize: 999 }],
    ['half a guest', { partySize: 1.5 }],
    ['23 hours', { minutes: 1_380 }],
    ['no time at all', { minutes: 0 }],
    ['a table twice', { tableNumbers: [1, 1] }],
    ['no table', { tableNumbers: [] }],
    ['a table that can’t be', { tableNumbers: [-1] }],
    ['no guest', { guest: {} }],
    ['an empty name', { guest: { name: ' ' } }],
    ['a name of 51 characters', { guest: { name: '가'.repeat(51) } }],
    ['a number of no country', { guest: { name: '김', phone: '01012' } }],
    ['words for a number', { guest: { name: '김', phone: '내일 다시' } }],
    ['no address', { guest: { name: '김', email: 'nobody' } }],
    ['a language we do not speak', { guest: { name: '김', locale: 'fr' } }],
    ['an id beside a name', { guest: { id: randomUUID(), name: '김' } }],
    ['an unknown source', { source: 'FAX' }],
    ['a wish that is none', { notify: 'yes' }],
    ['a date that does not exist', { serviceDate: '2026-02-30' }],
    ['a time that is none', { startsAt: 'soon' }],
    ['allergies of 201 characters', { allergies: '밥'.repeat(201) }],
    ['more than is asked', { dinerId: randomUUID() }],
  ])('bad input: %s is 422 invalid and changes nothing', async (_, change) => {
    const { call } = await setUp()
    const before = await fingerprintRows()
    expectProblem(await call(change), { status: 422, reason: 'invalid' })
    expect(await fingerprintRows()).toEqual(before)
  })

  test('bad input: a table or guest of another restaurant is 404, a time outside hours 422', async () => {
    const here = await setUp()
    const there = await setUp()
    const { guestId } = readJson(await there.call()) as { guestId: string }
    await pool.query(
      'UPDATE restaurant_tables SET number = 7 WHERE restaurant_id = $1 AND number = 2',
      [there.restaurantId],
    )
    const before = await fingerprintRows()
    expectProblem(await here.call({ tableNumbers: [7] }), { status: 404, reason: 'not-found' })
    expectProblem(await here.call({ guest: { id: guestId } }), { status: 404, reason: 'not-found' })
    const night = new Date(here.startsAt.getTime() + 7 * 60_000).toISOString()
    expectProblem(await here.call({ startsAt: night }), { status: 422, reason: 'outside-hours' })
    expectProblem(await here.call({ partySize: 5 }), { status: 422, reason: 'party-size' })
    expect(await fingerprintRows()).toEqual(before)
  })

  test('a key is required', async () => {
    const { path, owner } = await setUp()
    expectProblem(
      await askApi({
        url: apps.urlOf(),
        method: 'POST',
        path: `${path}/reservations`,
        token: owner.token,
        body: {},
      }),
      { status: 422, reason: 'invalid' },
    )
  })
})
