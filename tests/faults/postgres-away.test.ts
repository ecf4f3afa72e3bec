import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import { type Ask, askApi, countOutcomes, nameOutcome, readJson } from '../support/api-client'
import { findContradictions } from '../support/booking-books'
import { useDatabase } from '../support/database'
import {
  bookOver,
  createPerson,
  fingerprintRows,
  type Person,
  setUpRestaurant,
  useApps,
} from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { type PostgresProxy, startPostgresProxy } from '../support/postgres-proxy'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const gateway = useGateway()
const inbox = useInbox()
let proxy: PostgresProxy
const app = useApps(async () => {
  proxy = await startPostgresProxy({ url: database.databaseUrl })
  return { databaseUrl: proxy.url }
})
afterAll(() => proxy.stop())

type Restaurant = Awaited<ReturnType<typeof setUpRestaurant>>
let restaurant: Restaurant
let reservationId: string
let actId: string

beforeAll(() => createPerson())
beforeEach(async () => {
  await database.truncateAll()
  await gateway.reset()
  inbox.clear()
  restaurant = await setUpRestaurant({ tables: Array.from({ length: 4 }, () => ({ maxParty: 4 })) })
  const guest = await createPerson()
  const held = await createReservation(pool, {
    slotId: String(restaurant.slotIds[3]),
    dinerId: guest.id,
  })
  reservationId = held.id
  const seated = await ask(restaurant.owner, walkIn(restaurant.slotIds[2]))
  actId = String(readJson(seated).actId)
})
afterEach(() => proxy.comeBack())

const ask = (who: Person | null, asked: Ask) =>
  askApi({ url: app.urlOf(), token: who?.token, ...asked })
const walkIn = (slotId: string | undefined): Ask => ({
  method: 'POST',
  path: `/api/v1/restaurants/${restaurant.restaurantId}/walk-ins`,
  body: { partySize: 2, slotIds: [slotId] },
})
const boardPath = () => `/api/v1/restaurants/${restaurant.restaurantId}/board`

/** Every request that writes, or whose answer has to be true at this moment. */
function listAsks(): [string, Person | null, Ask][] {
  const move = (act: string): [string, Person, Ask] => [
    act,
    restaurant.owner,
    { method: 'POST', path: `/api/v1/reservations/${reservationId}/${act}` },
  ]
  return [
    move('seat'),
    move('cancel'),
    move('no-show'),
    ['walk-in', restaurant.owner, walkIn(restaurant.slotIds[1])],
    ['undo', restaurant.owner, { method: 'POST', path: '/api/v1/undo', body: { actId } }],
    ['own reservations', restaurant.diner, { path: '/api/v1/reservations' }],
    ['day', restaurant.owner, { path: `/api/v1/restaurants/${restaurant.restaurantId}/day` }],
    ['restaurants', null, { path: '/api/v1/restaurants' }],
    ['time', null, { path: '/api/v1/time' }],
    ['ready', null, { path: '/api/health/ready' }],
    [
      'sign in',
      null,
      {
        method: 'POST',
        path: '/api/v1/session',
        body: { email: restaurant.diner.email, password: 'bobjool-demo' },
      },
    ],
  ]
}

const faults: [string, () => Promise<void> | void][] = [
  ['refuses connections', () => proxy.goAway()],
  ['takes questions and never answers', () => proxy.fallSilent()],
]

describe.each(faults)('hard case 10: Postgres %s', (_, begin) => {
  test('a board stays, says as of when, and has the same content', async () => {
    const fresh = await ask(null, { path: boardPath() })
    expect(fresh.headers.etag).toMatch(/^W\/"(?![^"]*-old")[^"]+"$/)
    await begin()
    // A board up to a second old needs no Postgres; after that the last one is served, marked old.
    await expect
      .poll(
        async () => {
          const { status, headers } = await ask(null, { path: boardPath() })
          return `${status} ${/-old"$/.test(headers.etag ?? '')}`
        },
        { timeout: 20_000, interval: 300 },
      )
      .toBe('200 true')
    const old = await ask(null, { path: boardPath() })
    expect(readJson(old)).toEqual(readJson(fresh))
    await proxy.comeBack()
    await expect
      .poll(async () => (await ask(null, { path: boardPath() })).headers.etag, { timeout: 20_000 })
      .toBe(fresh.headers.etag)
  })

  test('every other request gets 503 with Retry-After at once, and nothing changes', async () => {
    const before = await fingerprintRows()
    await begin()
    const asked = listAsks()
    const answers = await Promise.all(asked.map(([, who, each]) => ask(who, each)))
    for (const [index, answer] of answers.entries()) {
      const name = asked[index]?.[0]
      expect(`${name}: ${nameOutcome(answer)}`).toBe(`${name}: 503 unavailable`)
      expect(Number(answer.headers['retry-after']), name).toBeGreaterThanOrEqual(1)
    }
    expect(countOutcomes([await ask(null, { path: '/api/health/live' })])).toEqual({ 200: 1 })
    expect(await fingerprintRows()).toEqual(before)
  })

  test('G4: a booking gets 503 with Retry-After, and the same key books once Postgres is back', async () => {
    const key = randomUUID()
    const book = (attempt: number) =>
      bookOver({ url: app.urlOf(), token: restaurant.diner.token, scene: restaurant, key, attempt })
    await begin()
    const answers = [await book(1), await book(2)]
    for (const answer of answers) {
      expect(['503 unavailable', '503 not-certain']).toContain(nameOutcome(answer))
      expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1)
    }
    expect(await countBookingsOf(restaurant.diner)).toBe(0)
    await proxy.comeBack()
    await expect
      .poll(async () => nameOutcome(await book(3)), { timeout: 20_000, interval: 200 })
      .toBe('201')
    expect(await countBookingsOf(restaurant.diner)).toBe(1)
    await inbox.waitForMail({ recipient: restaurant.diner.email })
    expect(await findContradictions()).toEqual([])
  })

  test('no process needs a restart: all is as before', async () => {
    await begin()
    await Promise.all(listAsks().map(([, who, each]) => ask(who, each)))
    await proxy.comeBack()
    await expect
      .poll(async () => nameOutcome(await ask(null, { path: '/api/health/ready' })), {
        timeout: 20_000,
      })
      .toBe('200')
    const seat = listAsks()[0]
    if (seat) expect(nameOutcome(await ask(seat[1], seat[2]))).toBe('200')
    expect(app.outputOf()).not.toMatch(/uncaught|unhandled/i)
  })
})

async function countBookingsOf({ id }: Person): Promise<number> {
  return (await database.query('SELECT 1 FROM reservations WHERE diner_id = $1', [id])).length
}
