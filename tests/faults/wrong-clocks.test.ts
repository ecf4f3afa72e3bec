import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import {
  createAccount,
  createReservation,
  createSlot,
  createTable,
  DEMO_PASSWORD,
} from '@/prisma/factories'
import { mailTo } from '../support/account-links'
import { askApi, expectProblem, nameOutcome, readJson } from '../support/api-client'
import { useDatabase } from '../support/database'
import { bookOver, createPerson, setUpRestaurant, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { callAction, listActions } from '../support/server-actions'
import { useGateway } from '../support/stack-gateway'

const MINUTE_MS = 60_000
const TEN_MINUTES_MS = 10 * MINUTE_MS
const PRELOAD = pathToFileURL(
  path.resolve(import.meta.dirname, '../support/shifted-clock.mjs'),
).href

const database = useDatabase()
const gateway = useGateway()
const inbox = useInbox()
const runAt = (shiftMs: number) =>
  useApps({ env: { NODE_OPTIONS: `--import ${PRELOAD}`, CLOCK_SHIFT_MS: String(shiftMs) } })
const fast = runAt(TEN_MINUTES_MS)
const slow = runAt(-TEN_MINUTES_MS)
const servers = [
  ['ten minutes fast', fast, TEN_MINUTES_MS],
  ['ten minutes slow', slow, -TEN_MINUTES_MS],
] as const

beforeEach(async () => {
  await database.truncateAll()
  await gateway.reset()
  inbox.clear()
})

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS)

async function signIn(url: string, email: string) {
  const body = { email, password: DEMO_PASSWORD }
  return askApi({ url, method: 'POST', path: '/api/v1/session', body })
}

describe.each(servers)('hard case 18: a server that is %s', (_, server, shiftMs) => {
  test('control: has that clock', async () => {
    const { email } = await createPerson()
    expect((await signIn(server.urlOf(), email)).status).toBe(201)
    const readTimes = () =>
      [...server.outputOf().matchAll(/"time":(\d+).*"event":"sign-in"/g)].map(([, time]) =>
        Number(time),
      )
    await expect.poll(readTimes).not.toEqual([])
    const offBy = (readTimes().at(-1) ?? 0) - Date.now()
    expect(Math.abs(offBy - shiftMs)).toBeLessThan(MINUTE_MS)
  })

  test('tells the database’s time', async () => {
    const { now } = readJson(await askApi({ url: server.urlOf(), path: '/api/v1/time' }))
    expect(Math.abs(Date.parse(String(now)) - Date.now())).toBeLessThan(MINUTE_MS)
  })

  test('G3: books a slot that begins in five minutes, and not one that began five minutes ago', async () => {
    const restaurant = await setUpRestaurant()
    const table = await createTable(pool, { restaurantId: restaurant.restaurantId })
    const book = async (startsAt: Date) => {
      await createSlot(pool, {
        tableId: table.id,
        serviceDate: restaurant.serviceDate,
        startsAt,
        endsAt: new Date(startsAt.getTime() + MINUTE_MS),
      })
      const { token } = await createPerson()
      return nameOutcome(
        await bookOver({ url: server.urlOf(), token, scene: { ...restaurant, startsAt } }),
      )
    }
    expect(await book(inMinutes(5))).toBe('201')
    expect(await book(inMinutes(-5))).toBe('422 past-time')
  })

  test('G3: opens a date at its instant, neither before nor after', async () => {
    const book = async (opensAt: Date) => {
      const restaurant = await setUpRestaurant()
      await database.query('UPDATE service_dates SET opens_at = $1 WHERE restaurant_id = $2', [
        opensAt,
        restaurant.restaurantId,
      ])
      return nameOutcome(
        await bookOver({ url: server.urlOf(), token: restaurant.diner.token, scene: restaurant }),
      )
    }
    expect(await book(inMinutes(5))).toBe('403 not-open-yet')
    expect(await book(inMinutes(-5))).toBe('201')
  })

  test('G5: keeps a hold until exactly its deadline', async () => {
    const restaurant = await setUpRestaurant()
    const hold = async (minutes: number) => {
      const { id } = await createReservation(pool, {
        slotId: String(restaurant.slotIds[0]),
        dinerId: restaurant.diner.id,
        status: 'HELD',
        holdExpiresAt: inMinutes(minutes),
      })
      return id
    }
    const first = await hold(5)
    const other = await createPerson()
    const book = () => bookOver({ url: server.urlOf(), token: other.token, scene: restaurant })
    expectProblem(await book(), { status: 409, reason: 'all-being-booked' })
    const confirmed = await askApi({
      url: server.urlOf(),
      method: 'POST',
      token: restaurant.diner.token,
      path: `/api/v1/reservations/${first}/confirm`,
    })
    expect(nameOutcome(confirmed)).toBe('200')
    await database.query(
      `UPDATE reservations SET status = 'HELD', hold_expires_at = now() - interval '5 minutes' WHERE id = $1`,
      [first],
    )
    await database.query(`UPDATE slots SET held_until = now() - interval '5 minutes'`)
    // The process forgets this board within a second.
    await expect.poll(async () => nameOutcome(await book()), { timeout: 5_000 }).toBe('201')
  })

  test('G16: sends the mail of a booking at once', async () => {
    const restaurant = await setUpRestaurant()
    await bookOver({ url: server.urlOf(), token: restaurant.diner.token, scene: restaurant })
    await inbox.waitForMail({ recipient: restaurant.diner.email })
  })

  test('a mailed link works until it expires by the database’s clock', async () => {
    const action = listActions().find(({ name }) => / enterByLink$/.test(name))
    if (!action) throw new Error('no such action')
    const use = async (minutesOld: number) => {
      const token = await mailTo(await createAccount(pool), 'SIGN_IN')
      await database.query(
        `UPDATE account_links SET created_at = created_at - $1 * interval '1 minute', expires_at = expires_at - $1 * interval '1 minute'`,
        [minutesOld],
      )
      const { told } = await callAction({
        url: server.urlOf(),
        action,
        given: { token, locale: 'ko' },
      })
      return told?.ok ? 'ok' : told?.reason
    }
    expect(await use(14)).toBe('ok')
    expect(await use(16)).toBe('link-expired')
  })
})

describe('servers whose clocks are twenty minutes apart', () => {
  test('G19: accept each other’s sessions, and end them together', async () => {
    for (const [from, to] of [
      [fast, slow],
      [slow, fast],
    ] as const) {
      const { id, email } = await createPerson()
      const token = String(readJson(await signIn(from.urlOf(), email)).token)
      const read = () => askApi({ url: to.urlOf(), path: '/api/v1/reservations', token })
      expect((await read()).status).toBe(200)
      await database.query('UPDATE accounts SET session_epoch = session_epoch + 1 WHERE id = $1', [
        id,
      ])
      expect((await read()).status).toBe(401)
    }
  })

  test('G20: count an account’s bookings together, by Redis’ clock', async () => {
    const restaurant = await setUpRestaurant()
    const { id, token } = await createPerson()
    await gateway.ask('SET', `book:account:${id}`, String(Date.now() + MINUTE_MS), 'PX', '60000')
    for (const [, server] of servers) {
      const answer = await bookOver({ url: server.urlOf(), token, scene: restaurant })
      expectProblem(answer, { status: 429, reason: 'rate-limited' })
      const seconds = Number(answer.headers['retry-after'])
      expect(seconds).toBeGreaterThan(30)
      expect(seconds).toBeLessThanOrEqual(60)
    }
  })
})
