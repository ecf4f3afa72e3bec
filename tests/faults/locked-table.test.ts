import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type Answer, type Ask, askApi, nameOutcome } from '../support/api-client'
import { useDatabase } from '../support/database'
import { bookOver, createPerson, setUpRestaurant, useApps } from '../support/http-scene'
import { type PostgresProxy, startPostgresProxy } from '../support/postgres-proxy'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const gateway = useGateway()
let proxy: PostgresProxy
const apps = useApps(async () => {
  proxy = await startPostgresProxy({ url: database.databaseUrl })
  return { databaseUrl: proxy.url, smtpUrl: null, env: { DATABASE_POOL_MAX: '6' } }
})
afterAll(() => proxy.stop())
beforeEach(async () => {
  await database.truncateAll()
  await gateway.reset()
})

/** As a migration does that alters it; released at the end of the test at the latest. */
async function lockTable(name: string): Promise<() => Promise<void>> {
  const owner = await database.pool.connect()
  await owner.query(`BEGIN; LOCK TABLE ${name} IN ACCESS EXCLUSIVE MODE`)
  let isHeld = true
  const release = async () => {
    if (isHeld) await owner.query('ROLLBACK').finally(() => owner.release())
    isHeld = false
  }
  onTestFinished(release)
  return release
}

const CROWD = 40

describe('a table that somebody else has locked', () => {
  test('costs each request one wait for it: 503 with Retry-After, while the process is alive', async () => {
    const restaurant = await setUpRestaurant({
      tables: Array.from({ length: 8 }, () => ({ maxParty: 4 })),
    })
    const people = await Promise.all(Array.from({ length: CROWD }, () => createPerson()))
    const url = apps.urlOf()
    const day: Ask = { path: `/api/v1/restaurants/${restaurant.restaurantId}/day` }
    const seat: Ask = {
      method: 'POST',
      path: `/api/v1/restaurants/${restaurant.restaurantId}/walk-ins`,
      body: { partySize: 2, slotIds: [restaurant.slotIds[7]] },
    }
    const release = await lockTable('reservations')
    proxy.forget()
    let open = 0
    const follow = async (asked: Promise<Answer>) => {
      open += 1
      return asked.finally(() => {
        open -= 1
      })
    }
    const { token } = restaurant.owner
    const asked = Promise.all([
      ...people.map((person) => follow(bookOver({ url, token: person.token, scene: restaurant }))),
      ...Array.from({ length: 5 }, () => follow(askApi({ url, token, ...seat }))),
      ...Array.from({ length: 5 }, () => follow(askApi({ url, token, ...day }))),
    ])
    await expect.poll(() => proxy.listTrips().length).toBeGreaterThan(0)
    expect((await askApi({ url, path: '/api/health/live' })).status).toBe(200)
    expect(open, 'answered before what waits').toBeGreaterThan(0)
    const answers = await asked
    for (const answer of answers) {
      expect(nameOutcome(answer)).toMatch(/^503 (busy|unavailable)$/)
      expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1)
    }
    // Who waited for the lock in vain asks no second time.
    const trips = proxy.listTrips().map(({ sql }) => sql)
    const bookings = trips.filter((sql) => sql.includes('place_reservation'))
    expect(bookings.length).toBeGreaterThan(0)
    expect(bookings.length, 'of six connections, each in one wait or two').toBeLessThanOrEqual(12)
    await release()
    const late = await bookOver({ url, token: people[0]?.token ?? '', scene: restaurant })
    expect(late.status).toBe(201)
  })
})
