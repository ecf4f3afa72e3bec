import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import { type Answer, askApi, countOutcomes, expectProblem } from '../support/api-client'
import { type BookingScene, setUpSeating } from '../support/booking-scene'
import { useCountedApps } from '../support/counted-apps'
import { bookOver, createPerson, type Person } from '../support/http-scene'
import type { PostgresProxy } from '../support/postgres-proxy'

const { database, gateway, inbox, proxies, appAt, rest, countWarmUps } = useCountedApps({
  count: 2,
})

let diner: Person
beforeEach(async () => {
  diner = await createPerson()
})

/**
 * The result of the work while Postgres answers bookings only and every other statement waits: an
 * answer that arrives nevertheless did not need those.
 */
async function hearBookingsOnly<T>(proxy: PostgresProxy, work: () => Promise<T>): Promise<T> {
  proxy.holdBack((sql) => !isBooking(sql))
  const waited = sleep(10_000, undefined, { ref: false }).then(() => {
    throw new Error('the answer waited for more than its booking')
  })
  try {
    return await Promise.race([work(), waited])
  } finally {
    waited.catch(() => {})
    proxy.holdBack(null)
  }
}

const isBooking = (sql: string) => sql.includes('place_reservation')
const boardPath = ({ restaurantId, serviceDate }: BookingScene, isDated: boolean) =>
  `/api/v1/restaurants/${restaurantId}/board${isDated ? `?date=${serviceDate}` : ''}`

async function setUpSoldOut(): Promise<BookingScene> {
  const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
  await createReservation(pool, { slotId: String(scene.slotIds[0]) })
  return scene
}

/** Of the mail, and of the reminders that each drain looks for before it sends. */
const IS_OF_SENDERS = /\bnotices\b|opening_reminders/

describe('what a booking costs', () => {
  test('one round trip to Postgres and one request to Redis before its answer', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
    const { url, proxy } = appAt(0)
    await hearBookingsOnly(proxy, async () => {
      const booked = await bookOver({ url, token: diner.token, scene })
      expect(booked.status).toBe(201)
      expect(proxy.listTrips().map(({ sql }) => isBooking(sql))).toEqual([true])
      expect((await gateway.readCounts()).requests).toBe(1)
    })
    await inbox.waitForMail({ recipient: diner.email })
  })

  test('after its answer at most one read of the board and one note to Redis, besides the mail', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
    const { url, proxy } = appAt(0)
    expect((await bookOver({ url, token: diner.token, scene })).status).toBe(201)
    await inbox.waitForMail({ recipient: diner.email })
    await expect
      .poll(() => database.query(`SELECT 1 FROM notices WHERE state <> 'SENT'`))
      .toEqual([])
    const trips = proxy.listTrips().map(({ sql }) => sql)
    expect(trips.filter(isBooking)).toHaveLength(1)
    const others = trips.filter((sql) => !isBooking(sql) && !IS_OF_SENDERS.test(sql))
    expect(others.length).toBeLessThanOrEqual(1)
    expect((await gateway.readCounts()).requests).toBeLessThanOrEqual(2)
  })

  test('twenty at once cost fewer round trips than that, and share one read and one note', async () => {
    const scene = await setUpSeating({
      tables: Array.from({ length: 20 }, () => ({ maxParty: 4 })),
    })
    const crowd = await Promise.all(Array.from({ length: 20 }, () => createPerson()))
    const { url, proxy } = appAt(0)
    const answers = await hearBookingsOnly(proxy, async () => {
      const booked = await Promise.all(crowd.map(({ token }) => bookOver({ url, token, scene })))
      expect((await gateway.readCounts()).requests).toBeLessThanOrEqual(20)
      const trips = proxy.listTrips()
      expect(trips.every(({ sql }) => isBooking(sql))).toBe(true)
      expect(trips.length).toBeLessThan(20)
      return booked
    })
    expect(countOutcomes(answers)).toEqual({ 201: 20 })
    await inbox.waitForMails({ recipient: '@bobjool.test', count: countWarmUps() + 20 })
    await expect
      .poll(() => database.query(`SELECT 1 FROM notices WHERE state <> 'SENT'`))
      .toEqual([])
    const others = proxy
      .listTrips()
      .filter(({ sql }) => !/place_reservation/.test(sql) && !IS_OF_SENDERS.test(sql))
    expect(others.length).toBeLessThanOrEqual(1)
    expect((await gateway.readCounts()).requests).toBeLessThanOrEqual(21)
  })

  test('a retry of an answered booking costs one round trip, and no Redis', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
    const { url, proxy } = appAt(0)
    const ask = { url, token: diner.token, scene, key: 'the-key' }
    expect((await bookOver(ask)).status).toBe(201)
    await inbox.waitForMail({ recipient: diner.email })
    await rest()
    expect((await bookOver({ ...ask, attempt: 2 })).status).toBe(201)
    expect(proxy.listTrips()).toHaveLength(1)
    expect((await gateway.readCounts()).requests).toBe(0)
  })
})

describe('what a refusal costs', () => {
  /** Repeats until a round takes less than a second, so that its first board is still fresh. */
  async function refuseWithinASecond({
    index,
    prepare,
    look,
  }: {
    index: number
    prepare: () => Promise<BookingScene>
    look: (scene: BookingScene) => Promise<unknown>
  }): Promise<void> {
    const { url } = appAt(index)
    for (let tries = 0; tries < 20; tries++) {
      const scene = await prepare()
      await rest()
      const startedAtMs = performance.now()
      await look(scene)
      for (const proxy of proxies) proxy.forget()
      await gateway.resetCounts()
      const answer = await bookOver({ url, token: diner.token, scene })
      if (performance.now() - startedAtMs > 900) continue
      expectProblem(answer, { status: 409, reason: 'sold-out' })
      return
    }
    throw new Error('this machine needs a second for two requests')
  }

  test.each([
    ['of today, as the page asks', false],
    ['of its date', true],
  ])('G7: sold out, the board %s being known: no Postgres and no Redis', async (_, isDated) => {
    const { url, proxy } = appAt(0)
    const look = async (scene: BookingScene) => {
      expect((await askApi({ url, path: boardPath(scene, isDated) })).status).toBe(200)
      expect(proxy.listTrips()).toHaveLength(1)
    }
    await refuseWithinASecond({ index: 0, prepare: setUpSoldOut, look })
    expect(proxy.listTrips()).toEqual([])
    expect((await gateway.readCounts()).requests).toBe(0)
  })

  test('G7: sold out, as noted by another process: one request to Redis and no Postgres', async () => {
    const loser = await createPerson()
    // Finds the time sold out in Postgres, and leaves the note for the other process.
    const look = async (scene: BookingScene) => {
      const refused = await bookOver({ url: appAt(0).url, token: loser.token, scene })
      expectProblem(refused, { status: 409, reason: 'sold-out' })
      await expect
        .poll(async () => (await gateway.readCounts()).commands, { interval: 10 })
        .toHaveProperty('EVAL')
    }
    await refuseWithinASecond({ index: 1, prepare: setUpSoldOut, look })
    expect(appAt(1).proxy.listTrips()).toEqual([])
    expect((await gateway.readCounts()).requests).toBe(1)
  })

  test.each([
    ['in this process: no request to Redis', 0, 0],
    ['through another process: one request to Redis', 1, 1],
  ])('G20: over the limit %s and no Postgres', async (_, index, requests) => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const { token } = await createPerson()
    const tap = (at: number) => bookOver({ url: appAt(at).url, token, scene, partySize: 99 })
    let answer: Answer
    // Every tenth of a second lets another one through: the first refused one is counted.
    do {
      while ((await tap(0)).status !== 429);
      appAt(index).proxy.forget()
      await gateway.resetCounts()
      answer = await tap(index)
    } while (answer.status !== 429)
    expectProblem(answer, { status: 429, reason: 'rate-limited' })
    expect(appAt(index).proxy.listTrips()).toEqual([])
    expect((await gateway.readCounts()).requests).toBe(requests)
  })

  test.each([
    ['no session', { token: 'none' }, 401],
    ['a party of none', { partySize: 0 }, 422],
    ['a key that is none', { key: 'two words' }, 422],
  ])('G19: %s costs neither', async (_, change, status) => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const { url, proxy } = appAt(0)
    const answer = await bookOver({ url, token: diner.token, scene, ...change })
    expect(answer.status).toBe(status)
    expect(proxy.listTrips()).toEqual([])
    expect((await gateway.readCounts()).requests).toBe(0)
  })
})

describe('what a crowd of viewers costs', () => {
  /** Follows a board as the page does: after the server's delay plus jitter, with its ETag. */
  async function follow({ url, path, endAtMs }: { url: string; path: string; endAtMs: number }) {
    const answers: Answer[] = []
    let etag = ''
    let pauseMs = 0
    while (performance.now() < endAtMs) {
      const answer = await askApi({
        url,
        path,
        headers: { ...(etag && { 'if-none-match': etag }) },
      })
      answers.push(answer)
      if (answer.status === 200) {
        etag = String(answer.headers.etag)
        pauseMs = Number(JSON.parse(answer.text).pollAfterMs)
      }
      await sleep(pauseMs * (1 + Math.random() / 4))
    }
    return answers
  }

  test('200 viewers for five seconds make each process read the board at most six times', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
    const endAtMs = performance.now() + 5_000
    const path = boardPath(scene, false)
    const followed = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        follow({ url: appAt(index % 2).url, path, endAtMs }),
      ),
    )
    const answers = followed.flat()
    expect(answers.length).toBeGreaterThan(400)
    expect(answers.filter(({ status }) => status !== 200 && status !== 304)).toEqual([])
    for (const { proxy } of [appAt(0), appAt(1)]) {
      const trips = proxy.listTrips().filter(({ atMs }) => atMs <= endAtMs)
      expect(trips.length).toBeGreaterThanOrEqual(1)
      expect(trips.length).toBeLessThanOrEqual(6)
    }
    // Each read comes with one request for the soft holds.
    const readings = proxies.flatMap((proxy) => proxy.listTrips()).length
    expect((await gateway.readCounts()).requests).toBeLessThanOrEqual(readings)
  })

  test('200 viewers at once of a board that is not cached cause one read', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const { url, proxy } = appAt(0)
    proxy.holdBack(() => true)
    const path = boardPath(scene, true)
    const asked = Array.from({ length: 200 }, () => askApi({ url, path }))
    await sleep(1_500)
    expect(proxy.countHeld()).toBe(1)
    proxy.holdBack(null)
    const answers = await Promise.all(asked)
    expect(countOutcomes(answers)).toEqual({ 200: 200 })
  })

  test('a board under a rush of bookings is read once a second, not per booking', async () => {
    const tables = Array.from({ length: 40 }, () => ({ maxParty: 4 }))
    const scene = await setUpSeating({ tables })
    const crowd = await Promise.all(Array.from({ length: 40 }, () => createPerson()))
    const { url, proxy } = appAt(0)
    const startedAtMs = performance.now()
    const [, booked] = await Promise.all([
      follow({ url, path: boardPath(scene, false), endAtMs: startedAtMs + 2_000 }),
      Promise.all(crowd.map(({ token }) => bookOver({ url, token, scene }))),
    ])
    expect(countOutcomes(booked)).toEqual({ 201: 40 })
    const seconds = Math.ceil((performance.now() - startedAtMs) / 1_000)
    const reads = proxy.listTrips().filter(({ sql }) => !/place_reservation|\bnotices\b/.test(sql))
    expect(reads.length).toBeLessThanOrEqual(seconds + 1)
  })
})
