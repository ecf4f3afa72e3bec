import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FAULT_KINDS } from '@/local/upstash/faults'
import { askApi, countOutcomes, expectProblem, readJson } from '../support/api-client'
import { findContradictions } from '../support/booking-books'
import { type BookingScene, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { bookOver, createPerson, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const gateway = useGateway()
const inbox = useInbox()
const withGateway = useApps({ count: 2 })
const withNone = useApps({ count: 2, gateway: null })
const withWrongToken = useApps(async () => ({
  count: 2,
  gateway: { url: gateway.url, token: 'not-a-token-of-this-gateway' },
}))
const withNobody = useApps({
  count: 2,
  // Port 9 is "discard": nothing listens there, and a connection is refused at once.
  gateway: { url: 'http://127.0.0.1:9', token: 'nobody-listens' },
})

beforeEach(async () => {
  await database.truncateAll()
  await gateway.reset()
  inbox.clear()
})
afterEach(() => gateway.setFault(null))

type Apps = ReturnType<typeof useApps>

/** Diners one after another and several at once, with retries, refusals and mails as on any day. */
async function expectEverythingRight(apps: Apps): Promise<void> {
  const scene = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
  const first = await createPerson()
  const key = randomUUID()
  const ask = { token: first.token, scene, key }
  const booked = await bookOver({ url: apps.urlOf(0), ...ask })
  expect(booked.status).toBe(201)
  for (const attempt of [1, 2]) {
    const again = await bookOver({ url: apps.urlOf(1), ...ask, attempt })
    expect([again.status, again.text]).toEqual([201, booked.text])
  }
  const second = await bookOver({ url: apps.urlOf(1), token: first.token, scene })
  expectProblem(second, { status: 409, reason: 'already-booked' })
  const rest = await rush({ apps, scene, count: 20 })
  expect(countOutcomes(rest)).toEqual({ 201: 1, '409 sold-out': 19 })
  await expectCancelFrees({ apps, scene, id: String(readJson(booked).id), token: first.token })
  expect(await findContradictions()).toEqual([])
  expect(await database.query('SELECT 1 FROM reservations')).toHaveLength(3)
  await expectMailsRight()
}

/**
 * Two confirmations and a cancellation for the first diners, one confirmation for the next. The
 * first may be dropped, but only because its cancellation came before it was sent.
 */
async function expectMailsRight(): Promise<void> {
  const readOutcomes = () =>
    database.query(
      `SELECT kind, state::text, dropped_because AS because FROM notices WHERE kind LIKE 'RESERVATION%' AND due_at <= now() ORDER BY ordinal`,
    )
  const isOpen = (rows: Record<string, unknown>[]) => rows.some(({ state }) => state === 'QUEUED')
  await expect.poll(async () => isOpen(await readOutcomes()), { timeout: 15_000 }).toBe(false)
  const outcomes = await readOutcomes()
  const told = outcomes.filter(({ state }) => state === 'SENT')
  expect(outcomes).toHaveLength(4)
  const overtaken = { kind: 'RESERVATION_CONFIRMED', state: 'DROPPED', because: 'cancelled' }
  expect(outcomes.filter(({ state }) => state !== 'SENT')).toEqual(
    told.length === 4 ? [] : [overtaken],
  )
  expect(told.filter(({ kind }) => kind === 'RESERVATION_CANCELLED')).toHaveLength(1)
  await inbox.waitForMails({ recipient: '@bobjool.test', count: told.length })
}

async function rush({ apps, scene, count }: { apps: Apps; scene: BookingScene; count: number }) {
  const crowd = await Promise.all(Array.from({ length: count }, () => createPerson()))
  return Promise.all(
    crowd.map(({ token }, index) => bookOver({ url: apps.urlOf(index % 2), token, scene })),
  )
}

async function expectCancelFrees({
  apps,
  scene,
  id,
  token,
}: {
  apps: Apps
  scene: BookingScene
  id: string
  token: string
}): Promise<void> {
  const path = `/api/v1/reservations/${id}/cancel`
  const cancelled = await askApi({ url: apps.urlOf(0), method: 'POST', path, token })
  expect(cancelled.status).toBe(200)
  const { token: next } = await createPerson()
  // What a process knows to be sold out is forgotten within a second.
  await expect
    .poll(async () => (await bookOver({ url: apps.urlOf(1), token: next, scene })).status, {
      timeout: 10_000,
      interval: 200,
    })
    .toBe(201)
}

describe('G1, G4, G7: whatever goes wrong with Redis, bookings stay right', () => {
  test('with a healthy Redis', async () => {
    await expectEverythingRight(withGateway)
    expect((await gateway.readCounts()).requests).toBeGreaterThan(0)
  })

  test('with none configured', async () => {
    await expectEverythingRight(withNone)
    expect((await gateway.readCounts()).requests).toBe(0)
  })

  test('with a token that Redis refuses', () => expectEverythingRight(withWrongToken))
  test('with nothing at its address', () => expectEverythingRight(withNobody))

  test.each(FAULT_KINDS)('hard cases 8 and 9: with the fault "%s" all the time', async (kind) => {
    await gateway.setFault({ kind })
    await expectEverythingRight(withGateway)
  })

  test.each(FAULT_KINDS)(
    'hard case 8: with the fault "%s" for one request in mid-rush',
    async (kind) => {
      await gateway.setFault({ kind, times: 1 })
      await expectEverythingRight(withGateway)
    },
  )

  test('hard case 7: with all its data lost between two requests', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const { token, email } = await createPerson()
    const key = randomUUID()
    const ask = { token, scene, key }
    const booked = await bookOver({ url: withGateway.urlOf(0), ...ask })
    await gateway.flush()
    const again = await bookOver({ url: withGateway.urlOf(1), ...ask, attempt: 2 })
    expect([again.status, again.text]).toEqual([201, booked.text])
    expect(countOutcomes(await rush({ apps: withGateway, scene, count: 10 }))).toEqual({
      '409 sold-out': 10,
    })
    await inbox.waitForMail({ recipient: email })
    expect(await findContradictions()).toEqual([])
  })

  test.each([
    ['nonsense', 'nonsense'],
    ['a list', '[]'],
    ['another shape', '{"asOf":"now","times":{}}'],
    ['numbers that are none', '{"asOf":"2026-01-01T00:00:00Z","times":[{"startsAt":"x"}]}'],
  ])('a hint in Redis that is %s refuses nobody', async (_, hint) => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    await gateway.ask('SET', `hint:${scene.restaurantId}:${scene.serviceDate}`, hint)
    const { token, email } = await createPerson()
    const booked = await bookOver({ url: withGateway.urlOf(0), token, scene })
    expect(booked.status).toBe(201)
    await inbox.waitForMail({ recipient: email })
  })
})

describe('G20: without Redis each process limits on its own', () => {
  test.each([
    ['none configured', () => withNone],
    ['nobody at its address', () => withNobody],
  ])(
    'G20: with %s an account that hammers is told when to come back, others are not',
    async (_, appsOf) => {
      const apps = appsOf()
      const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
      const [bot, diner] = [await createPerson(), await createPerson()]
      const tap = () => bookOver({ url: apps.urlOf(0), token: bot.token, scene, partySize: 99 })
      const answers = await Promise.all(Array.from({ length: 250 }, tap))
      const limited = answers.filter(({ status }) => status === 429)
      expect(limited.length).toBeGreaterThan(0)
      const [example] = limited
      if (example) expectProblem(example, { status: 429, reason: 'rate-limited' })
      expect(Number(example?.headers['retry-after'])).toBeGreaterThanOrEqual(1)
      const booked = await bookOver({ url: apps.urlOf(0), token: diner.token, scene })
      expect(booked.status).toBe(201)
      await inbox.waitForMail({ recipient: diner.email })
    },
  )
})
