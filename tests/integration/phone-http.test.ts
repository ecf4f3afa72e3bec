import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { askApi, expectProblem, readJson } from '../support/api-client'
import { shownPhone } from '../support/guest-scene'
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
      guestName: expect.any(String),
    })
    expect(readJson(await call({}, { key }))).toEqual(readJson(made))
    expectProblem(await call({ partySize: 3 }, { key }), { status: 422, reason: 'key-reused' })
    expect(readJson(await read('guests?search=6789'))).toEqual({
      items: [
        expect.objectContaining({
          name: '김단골',
          phone: shownPhone('+821023456789'),
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
    ['half a guest', { partySize: 1.5 }],
    ['no time at all', { minutes: 0 }],
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
  ])('bad input: %s is 422 invalid and changes nothing', async (_, change) => {
    const { call } = await setUp()
    const before = await fingerprintRows()
    expectProblem(await call(change), { status: 422, reason: 'invalid' })
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

describe('bad input to a phone booking: all or nothing', () => {
  type Scene = Awaited<ReturnType<typeof setUp>>
  type Case = {
    name: string
    ask: (here: Scene, there: Scene) => object | Promise<object>
    refused: Parameters<typeof expectProblem>[1]
  }
  const notFound = { status: 404, reason: 'not-found' } as const
  const noSuchTable = { status: 422, reason: 'no-such-table' } as const
  const invalid = { status: 422, reason: 'invalid' } as const
  const later = ({ startsAt }: Scene, minutes: number) =>
    new Date((Math.ceil(startsAt.getTime() / 60_000) + minutes) * 60_000).toISOString()
  const moveTable = ({ restaurantId }: Scene, change: string) =>
    pool.query(`UPDATE restaurant_tables SET ${change} WHERE restaurant_id = $1 AND number = 2`, [
      restaurantId,
    ])

  /** Refused whether staff insist or not. */
  const never: Case[] = [
    {
      name: 'a table of another restaurant',
      ask: async (_, there) => {
        await moveTable(there, 'number = 7')
        return { tableNumbers: [7] }
      },
      refused: noSuchTable,
    },
    {
      name: 'one table of its own and one of another restaurant',
      ask: async (_, there) => {
        await moveTable(there, 'number = 7')
        return { tableNumbers: [1, 7] }
      },
      refused: noSuchTable,
    },
    {
      name: 'a deleted table',
      ask: async (here) => {
        await moveTable(here, 'deleted_at = now()')
        return { tableNumbers: [2] }
      },
      refused: noSuchTable,
    },
    { name: 'a table twice in the list', ask: () => ({ tableNumbers: [1, 1] }), refused: invalid },
    { name: '23 hours', ask: () => ({ minutes: 1_380 }), refused: invalid },
    { name: 'a party of 0', ask: () => ({ partySize: 0 }), refused: invalid },
    { name: 'a party of 999', ask: () => ({ partySize: 999 }), refused: invalid },
    {
      name: 'a guest of another restaurant',
      ask: async (_, there) => ({ guest: { id: readJson(await there.call()).guestId } }),
      refused: notFound,
    },
    {
      name: 'a guest that nobody knows',
      ask: () => ({ guest: { id: randomUUID() } }),
      refused: notFound,
    },
    { name: 'a field that is none', ask: () => ({ dinerId: randomUUID() }), refused: invalid },
    {
      name: 'a field of the guest that is none',
      ask: () => ({ guest: { name: '김', note: '단골' } }),
      refused: invalid,
    },
    {
      name: 'a time that is past',
      ask: async (here) => {
        await pool.query(
          `UPDATE slots SET starts_at = starts_at - interval '4 hours', ends_at = ends_at - interval '4 hours'
            WHERE restaurant_id = $1`,
          [here.restaurantId],
        )
        return { startsAt: later(here, -240) }
      },
      refused: { status: 422, reason: 'past-time' },
    },
    {
      name: 'a table that is booked',
      ask: async (here) => {
        await here.call({ tableNumbers: [2], guest: { name: '앞손님' } })
        return { tableNumbers: [1, 2] }
      },
      refused: { status: 409, reason: 'slot-taken' },
    },
  ]
  test.each(never.flatMap((each) => [false, true].map((override) => ({ ...each, override }))))(
    '$name is refused, insisting: $override; nothing changes',
    async ({ ask, refused, override }) => {
      const [here, there] = [await setUp(), await setUp()]
      const change = await ask(here, there)
      const before = await fingerprintRows()
      expectProblem(await here.call({ ...change, override }), refused)
      expect(await fingerprintRows()).toEqual(before)
    },
  )

  /** Refused until staff insist. */
  const unlessInsisting: Case[] = [
    {
      name: 'a second booking of the guest on the date',
      ask: async (here) => {
        await here.call()
        return {}
      },
      refused: { status: 409, reason: 'already-booked' },
    },
    {
      name: 'a party larger than the table',
      ask: () => ({ partySize: 3, tableNumbers: [1] }),
      refused: { status: 422, reason: 'party-size' },
    },
    {
      name: 'a time outside hours',
      ask: (here) => ({ startsAt: later(here, 7) }),
      refused: { status: 422, reason: 'outside-hours' },
    },
    {
      name: 'a closed date',
      ask: async ({ restaurantId }) => {
        await pool.query('UPDATE service_dates SET closed = true WHERE restaurant_id = $1', [
          restaurantId,
        ])
        return {}
      },
      refused: { status: 422, reason: 'closed-day' },
    },
  ]
  test.each(unlessInsisting)('$name is refused unless staff insist', async ({ ask, refused }) => {
    const [here, there] = [await setUp(), await setUp()]
    const change = await ask(here, there)
    const before = await fingerprintRows()
    expectProblem(await here.call(change), refused)
    expect(await fingerprintRows()).toEqual(before)
    expect((await here.call({ ...change, override: true })).status).toBe(201)
  })
})
