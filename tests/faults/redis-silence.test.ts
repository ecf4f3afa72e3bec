import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FAULT_KINDS } from '@/local/upstash/faults'
import {
  type Answer,
  askApi,
  countOutcomes,
  expectProblem,
  nameOutcome,
} from '../support/api-client'
import { findContradictions } from '../support/booking-books'
import { setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { bookOver, createPerson, type Person, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const gateway = useGateway()
const inbox = useInbox()
const apps = useApps({ count: 2, env: { TRUSTED_ADDRESS_HEADER: 'x-real-address' } })

beforeEach(async () => {
  await database.truncateAll()
  await gateway.reset()
  inbox.clear()
})
afterEach(() => gateway.setFault(null))

const crowdOf = (count: number) => Promise.all(Array.from({ length: count }, () => createPerson()))
const signIn = ({ email }: Person, address = '203.0.113.7', password = 'bobjool-demo') =>
  askApi({
    url: apps.urlOf(),
    method: 'POST',
    path: '/api/v1/session',
    headers: { 'x-real-address': address },
    body: { email, password },
  })
const countRequests = async () => (await gateway.readCounts()).requests

/** Waits until the pause caused by the last test's silence is over. */
async function endPause(): Promise<void> {
  await expect
    .poll(
      async () => {
        await gateway.resetCounts()
        const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
        for (const index of [0, 1]) {
          const { token } = await createPerson()
          // Refused, so that nothing is noted after it.
          await bookOver({ url: apps.urlOf(index), token, scene, partySize: 99 })
        }
        return countRequests()
      },
      { timeout: 20_000, interval: 300 },
    )
    .toBeGreaterThanOrEqual(2)
}

describe('hard case 9: while Redis hangs', () => {
  async function bookOneAfterAnother(count: number) {
    const scene = await setUpSeating({
      tables: Array.from({ length: count }, () => ({ maxParty: 4 })),
    })
    const crowd = await crowdOf(count)
    await endPause()
    return async () => {
      await gateway.resetCounts()
      const startedAtMs = performance.now()
      for (const { token } of crowd)
        expect((await bookOver({ url: apps.urlOf(), token, scene })).status).toBe(201)
      const seconds = Math.ceil((performance.now() - startedAtMs) / 1_000)
      return { waits: await countRequests(), seconds }
    }
  }

  test('of fifty bookings three wait, then one a second; the others skip Redis', async () => {
    const book = await bookOneAfterAnother(50)
    await gateway.setFault({ kind: 'hang' })
    const { waits, seconds } = await book()
    expect(waits).toBeGreaterThanOrEqual(1)
    expect(waits).toBeLessThanOrEqual(3 + seconds)
    expect(await findContradictions()).toEqual([])
  })

  test('control: while it answers, each of the fifty asks it', async () => {
    const book = await bookOneAfterAnother(50)
    expect((await book()).waits).toBeGreaterThanOrEqual(50)
  })

  test('a booking waits for it once, and so does a sign-in, whatever its number of limits', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const diner = await createPerson()
    await endPause()
    await gateway.setFault({ kind: 'hang' })
    await gateway.resetCounts()
    expect((await signIn(diner)).status).toBe(201)
    expect(await countRequests()).toBe(1)
    await gateway.resetCounts()
    const asked = { url: apps.urlOf(1), token: diner.token, scene, partySize: 99 }
    expect(nameOutcome(await bookOver(asked))).toBe('422 party-size')
    expect(await countRequests()).toBe(1)
  })

  test('control: while it answers, a sign-in counts a try with all limits, and takes a right one back', async () => {
    const diner = await createPerson()
    await endPause()
    await signIn(diner)
    await gateway.resetCounts()
    expect((await signIn(diner)).status).toBe(201)
    expect(await countRequests()).toBe(2)
  })
})

describe('hard cases 7 to 9: in the middle of a storm', () => {
  async function storm(disturb: () => Promise<void>) {
    const tables = Array.from({ length: 30 }, () => ({ maxParty: 4 }))
    const scene = await setUpSeating({ tables })
    const crowd = await crowdOf(120)
    await endPause()
    let isOver = false
    const disturbing = (async () => {
      while (!isOver) await disturb()
    })()
    const answers = await Promise.all(
      crowd.map(({ token }, index) =>
        bookOver({ url: apps.urlOf(index % 2), token, scene, headers: { connection: 'close' } }),
      ),
    )
    isOver = true
    await disturbing
    // A diner who met too many locks was told to try again, and not "sold out" too early.
    const final = answers.filter(({ status }) => status !== 503)
    expect(Object.keys(countOutcomes(final)).sort()).toEqual(['201', '409 sold-out'])
    const won = final.filter(({ status }) => status === 201)
    expect(won).toHaveLength(30)
    for (const { headers } of answers.filter(({ status }) => status === 503))
      expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    const rows = await database.query('SELECT DISTINCT diner_id FROM reservations')
    expect(rows).toHaveLength(30)
    expect(await findContradictions()).toEqual([])
    await gateway.setFault(null)
    return { scene }
  }

  test('its data lost over and over: nothing is lost or given twice, and hints come back', async () => {
    const { scene } = await storm(gateway.flush)
    await endPause()
    const { token } = await createPerson()
    const late = await bookOver({ url: apps.urlOf(), token, scene })
    expectProblem(late, { status: 409, reason: 'sold-out' })
  })

  test.each(FAULT_KINDS)('"%s" coming and going: nothing is lost or given twice', async (kind) => {
    await storm(async () => {
      await gateway.setFault({ kind, times: 2 })
      await new Promise((resolve) => setTimeout(resolve, 20))
      await gateway.setFault(null)
      await new Promise((resolve) => setTimeout(resolve, 20))
    })
  })
})

describe('hard case 8: Redis applies the command and the reply is lost', () => {
  test('G20: a limit counted twice still lets in everyone who keeps within it', async () => {
    const diner = await createPerson()
    await endPause()
    for (let number = 0; number < 9; number++) {
      await gateway.setFault({ kind: 'drop-after', times: 1 })
      expect((await signIn(diner, `203.0.113.${number}`)).status).toBe(201)
    }
  })

  test('G20: an account beyond it is told when to try again, by this process alone', async () => {
    const diner = await createPerson()
    await gateway.setFault({ kind: 'drop-after' })
    const answers: Answer[] = []
    for (let number = 0; number < 12; number++)
      answers.push(await signIn(diner, `203.0.113.${number}`, 'a wrong guess'))
    const limited = answers.filter(({ status }) => status === 429)
    expect(limited.length).toBeGreaterThan(0)
    for (const answer of limited) expectProblem(answer, { status: 429, reason: 'rate-limited' })
  })
})

describe('Redis holds foreign values', () => {
  test('of the wrong type: bookings stay right', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const diner = await createPerson()
    const day = `${scene.restaurantId}:${scene.serviceDate}`
    await gateway.ask('RPUSH', `book:account:${diner.id}`, 'x')
    await gateway.ask('RPUSH', `hint:${day}`, 'x')
    await gateway.ask('SET', `bookers:${day}`, 'x')
    await gateway.ask('RPUSH', `soft-holds:${day}`, 'x')
    const path = `/api/v1/restaurants/${scene.restaurantId}/board`
    expect((await askApi({ url: apps.urlOf(), path })).status).toBe(200)
    const booked = await bookOver({ url: apps.urlOf(), token: diner.token, scene })
    expect(booked.status).toBe(201)
    await inbox.waitForMail({ recipient: diner.email })
  })
})
