import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import { type Answer, type Ask, askApi, countOutcomes, readJson } from '../support/api-client'
import { findContradictions } from '../support/booking-books'
import { useDatabase } from '../support/database'
import { bookOver, createPerson, setUpRestaurant, useApps } from '../support/http-scene'
import { type PostgresProxy, startPostgresProxy } from '../support/postgres-proxy'
import { useGateway } from '../support/stack-gateway'
import { readTwoAtOnce } from '../support/unprotected-pool'

const database = useDatabase()
const gateway = useGateway()
let proxy: PostgresProxy
/** One connection: a command that needs two at once waits for itself and fails. */
const narrow = useApps({ smtpUrl: null, env: { DATABASE_POOL_MAX: '1' } })
const small = useApps(async () => {
  proxy = await startPostgresProxy({ url: database.databaseUrl })
  const env = { DATABASE_POOL_MAX: '3', DATABASE_MAX_WAITING: '5' }
  return { databaseUrl: proxy.url, smtpUrl: null, env }
})
afterAll(() => proxy.stop())
beforeEach(async () => {
  await database.truncateAll()
  await gateway.reset()
})

type Restaurant = Awaited<ReturnType<typeof setUpRestaurant>>
const setUp = (count: number) =>
  setUpRestaurant({ tables: Array.from({ length: count }, () => ({ maxParty: 4 })) })
const post = (path: string, body?: unknown): Ask => ({
  method: 'POST',
  path: `/api/v1/${path}`,
  body,
})
const reserve = async (restaurant: Restaurant, index: number) =>
  (
    await createReservation(pool, {
      slotId: String(restaurant.slotIds[index]),
      dinerId: (await createPerson()).id,
    })
  ).id

describe('hard case 11: no command needs two connections at once', () => {
  test('with one connection everything works, in sequence and all at once', async () => {
    const restaurant = await setUp(8)
    const ask = (asked: Ask) =>
      askApi({ url: narrow.urlOf(), token: restaurant.owner.token, ...asked })
    const { restaurantId, slotIds } = restaurant
    const seated = await ask(
      post(`restaurants/${restaurantId}/walk-ins`, { partySize: 2, slotIds: [slotIds[0]] }),
    )
    expect(seated.status).toBe(201)
    const crowd = await Promise.all(Array.from({ length: 3 }, () => createPerson()))
    const ids = await Promise.all([1, 2, 3].map((index) => reserve(restaurant, index)))
    const answers = await Promise.all([
      ask(post('undo', { actId: readJson(seated).actId })),
      ask(post(`reservations/${ids[0]}/seat`)),
      ask(post(`reservations/${ids[1]}/cancel`)),
      ask(post(`restaurants/${restaurantId}/walk-ins`, { partySize: 2, slotIds: [slotIds[7]] })),
      ask({ path: `/api/v1/restaurants/${restaurantId}/day` }),
      ask({ path: `/api/v1/restaurants/${restaurantId}/board` }),
      ask({ path: '/api/v1/restaurants' }),
      ask({ path: '/api/v1/reservations' }),
      ...crowd.map(({ token }) => bookOver({ url: narrow.urlOf(), token, scene: restaurant })),
      ask(post('session', { email: restaurant.owner.email, password: 'bobjool-demo' })),
    ])
    expect(countOutcomes(answers)).toEqual({ 200: 7, 201: 5 })
    expect(await findContradictions()).toEqual([])
  })

  test('control: a command that asks for a second connection inside a transaction never gets it', async () => {
    expect(await readTwoAtOnce({ connectionString: database.databaseUrl, most: 1 })).toBe(
      'timeout exceeded when trying to connect',
    )
    expect(await readTwoAtOnce({ connectionString: database.databaseUrl, most: 2 })).toBe('done')
  })
})

describe('hard case 11: slow queries hold all the connections', () => {
  const isHeld = (sql: string) => sql.includes('place_reservation') || /for update/i.test(sql)

  async function crowd(restaurant: Restaurant, count: number): Promise<Promise<Answer>[]> {
    const people = await Promise.all(Array.from({ length: count }, () => createPerson()))
    return people.map(({ token }) =>
      bookOver({ url: small.urlOf(), token, scene: restaurant, headers: { connection: 'close' } }),
    )
  }

  test('the rest is refused at once with Retry-After; those waiting are served, or refused in time', async () => {
    const restaurant = await setUp(30)
    proxy.holdBack(isHeld)
    const asked = await crowd(restaurant, 30)
    // Three are running and five wait; later ones are refused at once.
    const refused: Answer[] = []
    for (const each of asked)
      void each.then((answer) => answer.status === 503 && refused.push(answer))
    await expect.poll(() => refused.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(22)
    for (const { headers } of refused) expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    const live = await askApi({ url: small.urlOf(), path: '/api/health/live' })
    expect(live.status).toBe(200)
    proxy.holdBack(null)
    const answers = await Promise.all(asked)
    const { 201: won = 0, ...others } = countOutcomes(answers)
    expect(Object.keys(others).every((name) => name.startsWith('503 '))).toBe(true)
    const rows = await database.query('SELECT 1 FROM reservations')
    expect(rows.length).toBeGreaterThanOrEqual(won)
    expect(await findContradictions()).toEqual([])
  })

  test('bookings, moves and reads mixed: no deadlock, and all is well afterwards', async () => {
    const restaurant = await setUp(30)
    const ids = await Promise.all(
      Array.from({ length: 6 }, (_, index) => reserve(restaurant, index)),
    )
    proxy.holdBack(isHeld)
    const ask = (asked: Ask) =>
      askApi({
        url: small.urlOf(),
        token: restaurant.owner.token,
        ...asked,
        headers: { connection: 'close' },
      })
    const asked = [
      ...(await crowd(restaurant, 10)),
      ...ids.map((id) => ask(post(`reservations/${id}/seat`))),
      ...Array.from({ length: 6 }, () => ask({ path: '/api/v1/reservations' })),
    ]
    await expect.poll(() => proxy.countHeld(), { timeout: 20_000 }).toBeGreaterThanOrEqual(3)
    const answers = Promise.all(asked)
    proxy.holdBack(null)
    for (const { status, headers } of await answers) {
      expect([200, 201, 503]).toContain(status)
      if (status === 503) expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    }
    const afterwards = await Promise.all(await crowd(restaurant, 3))
    expect(countOutcomes(afterwards)).toEqual({ 201: 3 })
    expect(await findContradictions()).toEqual([])
  })
})
