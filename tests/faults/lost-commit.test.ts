import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { classifyDatabaseError } from '@/lib/db/database-error'
import { createReservation } from '@/prisma/factories'
import { type Ask, askApi, expectProblem, nameOutcome, readJson } from '../support/api-client'
import { findContradictions } from '../support/booking-books'
import { beginReservation } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'
import {
  bookOver,
  createPerson,
  fingerprintRows,
  setUpRestaurant,
  useApps,
} from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { createOpening } from '../support/opening-scene'
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

const isBooking = (sql: string) => sql.includes('place_reservation')
const isCommit = (sql: string) => /^\s*commit/i.test(sql)

let restaurant: Awaited<ReturnType<typeof setUpRestaurant>>
beforeEach(async () => {
  await database.truncateAll()
  await gateway.reset()
  inbox.clear()
  restaurant = await setUpRestaurant({ tables: Array.from({ length: 4 }, () => ({ maxParty: 4 })) })
})

const askAs = (token: string, asked: Ask) => askApi({ url: app.urlOf(), token, ...asked })
const countReservations = async () => (await database.query('SELECT 1 FROM reservations')).length

/** How often Redis was asked for a limit; several may share a request. */
async function countAdmitted(): Promise<number> {
  const { commands } = await gateway.readCounts()
  return Object.entries(commands).reduce(
    (sum, [name, count]) => sum + (/^evalsha$/i.test(name) ? count : 0),
    0,
  )
}

/** A second try that does not say it is one: the try that its key does not protect. */
const unkeyed = () => randomUUID()

describe('hard case 5: a booking whose connection is lost', () => {
  const bookWith = (key: string, attempt: number) =>
    bookOver({ url: app.urlOf(), token: restaurant.diner.token, scene: restaurant, key, attempt })

  test('G4: after Postgres has booked: "not certain", and the same key returns the booking', async () => {
    const key = randomUUID()
    proxy.cutAt('after', isBooking)
    const lost = await bookWith(key, 1)
    expect(proxy.hasCut()).toBe(true)
    expectProblem(lost, { status: 503, reason: 'not-certain' })
    expect(Number(lost.headers['retry-after'])).toBeGreaterThanOrEqual(1)
    expect(await countReservations()).toBe(1)
    const told = await bookWith(key, 2)
    expect(told.status).toBe(201)
    const rows = await database.query<{ id: string }>('SELECT id FROM reservations')
    expect(rows).toEqual([{ id: readJson(told).id }])
    // Even when the client does not say that it asks again.
    expect((await bookWith(key, 1)).text).toBe(told.text)
    await inbox.waitForMail({ recipient: restaurant.diner.email })
    expect(await findContradictions()).toEqual([])
  })

  test('G4: before it reached Postgres: "not certain", and the same key books, once', async () => {
    const key = randomUUID()
    proxy.cutAt('before', isBooking)
    expectProblem(await bookWith(key, 1), { status: 503, reason: 'not-certain' })
    expect(await countReservations()).toBe(0)
    expect((await bookWith(key, 2)).status).toBe(201)
    expect(await countReservations()).toBe(1)
    await inbox.waitForMail({ recipient: restaurant.diner.email })
  })

  test.each(['before', 'after'] as const)(
    'G4: of seven in one statement, lost %s Postgres had it: each is told so, and each key tells the truth',
    async (moment) => {
      const scene = await setUpRestaurant({
        tables: Array.from({ length: 8 }, () => ({ maxParty: 4 })),
      })
      const diners = await Promise.all(Array.from({ length: 8 }, () => createPerson()))
      const asked = diners.map(({ token }) => ({ token, key: randomUUID() }))
      const book = (attempt: number) => (of: { token: string; key: string }) =>
        bookOver({ url: app.urlOf(), scene, attempt, ...of })
      // The first leaves alone and is held back; the others gather behind it.
      proxy.holdBack(isBooking)
      const before = await countAdmitted()
      const booking = asked.map(book(1))
      await expect.poll(async () => (await countAdmitted()) - before).toBeGreaterThanOrEqual(8)
      await expect.poll(() => proxy.countHeld()).toBe(1)
      proxy.cutAt(moment, (sql) => isBooking(sql) && sql.includes('jsonb_to_recordset'))
      proxy.holdBack(null)
      const [first, ...others] = await Promise.all(booking)
      expect(proxy.hasCut()).toBe(true)
      const all = [first, ...others].map((answer) => answer?.status)
      expect(all.filter((status) => status === 201)).toHaveLength(1)
      for (const answer of others.filter(({ status }) => status !== 201))
        expectProblem(answer, { status: 503, reason: 'not-certain' })
      const written = (await countReservations()) === 8
      expect(written).toBe(moment === 'after')

      const told = await Promise.all(asked.map(book(2)))
      expect(told.map(({ status }) => status)).toEqual(asked.map(() => 201))
      expect(new Set(told.map((answer) => readJson(answer).id)).size).toBe(8)
      expect(await countReservations()).toBe(8)
      expect(await findContradictions()).toEqual([])
    },
  )

  test('G13: of entries in one statement: each is told "not certain", and asking again finds its entry', async () => {
    const { openingId } = await createOpening()
    const diners = await Promise.all(Array.from({ length: 8 }, () => createPerson()))
    const enter = ({ token }: { token: string }) =>
      askApi({
        url: app.urlOf(),
        method: 'POST',
        path: `/api/v1/openings/${openingId}/entries`,
        token,
      })
    const isEntering = (sql: string) => sql.includes('enter_opening_together')
    const before = await countAdmitted()
    proxy.holdBack(isEntering)
    const entering = diners.map(enter)
    await expect.poll(async () => (await countAdmitted()) - before).toBeGreaterThanOrEqual(8)
    await expect.poll(() => proxy.countHeld()).toBe(1)
    let seen = 0
    proxy.cutAt('after', (sql) => isEntering(sql) && ++seen === 2)
    proxy.holdBack(null)
    const answers = await Promise.all(entering)
    expect(proxy.hasCut()).toBe(true)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    for (const answer of answers.filter(({ status }) => status !== 201))
      expectProblem(answer, { status: 503, reason: 'not-certain' })
    const again = await Promise.all(diners.map(enter))
    expect(new Set(again.map((answer) => readJson(answer).entryId)).size).toBe(8)
    expect(await database.query('SELECT FROM opening_entries')).toHaveLength(8)
  })

  test('control: without its key the second try looks like a new request', async () => {
    proxy.cutAt('after', isBooking)
    expectProblem(await bookWith(unkeyed(), 1), { status: 503, reason: 'not-certain' })
    expectProblem(await bookWith(unkeyed(), 1), { status: 409, reason: 'already-booked' })
  })
})

describe('an act of the staff, or a diner’s move, whose connection is lost', () => {
  const reserve = async () =>
    createReservation(pool, { slotId: String(restaurant.slotIds[0]), dinerId: restaurant.diner.id })
  const act = (id: string, name: string): Ask => ({
    method: 'POST',
    path: `/api/v1/reservations/${id}/${name}`,
  })
  const statusOf = async (id: string) =>
    (
      await database.query<{ status: string }>('SELECT status FROM reservations WHERE id = $1', [
        id,
      ])
    )[0]?.status

  test.each([
    ['seat', 'SEATED', 'owner'],
    ['no-show', 'NO_SHOW', 'owner'],
    ['cancel', 'CANCELLED', 'diner'],
  ] as const)(
    '%s, after COMMIT: "not certain"; asked again it says how things are',
    async (name, status, who) => {
      const { id } = await reserve()
      // A party can't be a no-show before its time.
      if (name === 'no-show') await beginReservation(id)
      proxy.cutAt('after', isCommit)
      const lost = await askAs(restaurant[who].token, act(id, name))
      expect(proxy.hasCut()).toBe(true)
      expectProblem(lost, { status: 503, reason: 'not-certain' })
      expect(await statusOf(id)).toBe(status)
      const again = await askAs(restaurant[who].token, act(id, name))
      const problem = expectProblem(again, { status: 409, reason: 'cannot-move' })
      expect(problem).toMatchObject({ status: 409 })
      expect(await countActs(id)).toBe(1)
      expect(await findContradictions()).toEqual([])
    },
  )

  test.each(['seat', 'cancel'])(
    '%s, before COMMIT arrives: "not certain"; asked again it is done, once',
    async (name) => {
      const { id } = await reserve()
      const before = await fingerprintRows()
      proxy.cutAt('before', isCommit)
      const lost = await askAs(restaurant.owner.token, act(id, name))
      expect(proxy.hasCut()).toBe(true)
      expectProblem(lost, { status: 503, reason: 'not-certain' })
      await expect.poll(fingerprintRows).toEqual(before)
      expect(nameOutcome(await askAs(restaurant.owner.token, act(id, name)))).toBe('200')
      expect(await countActs(id)).toBe(1)
    },
  )

  test('seat, in mid-transaction: nothing has happened, and the answer says so', async () => {
    const { id } = await reserve()
    const before = await fingerprintRows()
    proxy.cutAt('after', (sql) => /insert into audit_events/i.test(sql))
    const lost = await askAs(restaurant.owner.token, act(id, 'seat'))
    expect(proxy.hasCut()).toBe(true)
    expectProblem(lost, { status: 503, reason: 'unavailable' })
    await expect.poll(fingerprintRows).toEqual(before)
  })

  test('control: an unguarded connection reports "away, nothing changed" after a commit', async () => {
    const { id } = await reserve()
    const client = new pg.Client({ connectionString: proxy.url })
    client.on('error', () => {})
    await client.connect()
    await client.query('BEGIN')
    await client.query(`UPDATE reservations SET status = 'SEATED' WHERE id = $1`, [id])
    proxy.cutAt('after', isCommit)
    const fault = await client.query('COMMIT').catch(classifyDatabaseError)
    expect(fault).toBe('unavailable')
    expect(await statusOf(id)).toBe('SEATED')
  })

  const walkIn = (): Ask => ({
    method: 'POST',
    path: `/api/v1/restaurants/${restaurant.restaurantId}/walk-ins`,
    body: { partySize: 2, slotIds: [restaurant.slotIds[1]] },
  })

  test('a walk-in, after COMMIT: "not certain"; a retry makes no second party', async () => {
    proxy.cutAt('after', isCommit)
    expectProblem(await askAs(restaurant.owner.token, walkIn()), {
      status: 503,
      reason: 'not-certain',
    })
    expect(await countReservations()).toBe(1)
    expectProblem(await askAs(restaurant.owner.token, walkIn()), {
      status: 409,
      reason: 'table-occupied',
    })
    expect(await countReservations()).toBe(1)
    const day = await askAs(restaurant.owner.token, {
      path: `/api/v1/restaurants/${restaurant.restaurantId}/day`,
    })
    expect(day.text).toContain('SEATED')
    expect(await findContradictions()).toEqual([])
  })

  test('an undo, after COMMIT: "not certain"; a retry is "too late", and the act undone once', async () => {
    const seated = await askAs(restaurant.owner.token, walkIn())
    const undo = { method: 'POST', path: '/api/v1/undo', body: { actId: readJson(seated).actId } }
    proxy.cutAt('after', isCommit)
    expectProblem(await askAs(restaurant.owner.token, undo), { status: 503, reason: 'not-certain' })
    expectProblem(await askAs(restaurant.owner.token, undo), { status: 409, reason: 'too-late' })
    const undone = await database.query(`SELECT 1 FROM audit_events WHERE act = 'UNDO'`)
    expect(undone).toHaveLength(1)
    expect(await findContradictions()).toEqual([])
  })

  async function countActs(id: string): Promise<number> {
    const acts = await database.query(
      `SELECT 1 FROM audit_events WHERE subject_id = $1 AND act IN ('SEAT', 'NO_SHOW', 'CANCEL')`,
      [id],
    )
    return acts.length
  }
})
