import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import { askApi, readJson } from '../support/api-client'
import { findContradictions } from '../support/booking-books'
import { findHalfChanged, readPlaces } from '../support/change-scene'
import { useDatabase } from '../support/database'
import { forget } from '../support/floor-scene'
import { bookOver, setUpRestaurant, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { useVictims } from '../support/killed-process'
import { useGateway } from '../support/stack-gateway'
import { bookInSteps } from '../support/unprotected-steps'

const database = useDatabase()
const gateway = useGateway()
const inbox = useInbox()
/** The surviving process, on connections of its own. */
const survivor = useApps()
const { killAfter, nextOne, planKills, proxyOf } = useVictims()
let restaurant: Awaited<ReturnType<typeof setUpRestaurant>>

async function setUp() {
  await database.truncateAll()
  await gateway.reset()
  inbox.clear()
  restaurant = await setUpRestaurant()
}
beforeEach(setUp)

/**
 * The mail that reports a status, whole: twice at most where the process was killed with the mail
 * in its hands, once where it had not taken it yet or had written down that it is sent.
 */
async function expectMailOf({
  recipient,
  subject,
  inHand,
}: {
  recipient: string
  subject: RegExp
  inHand: boolean
}) {
  await fetch(`${survivor.urlOf()}/api/cron/sweep`, {
    headers: { authorization: `Bearer ${process.env.CRON_SECRET}` },
  })
  await inbox.waitForMail({ recipient, subject })
  const mails = inbox.listMails(recipient).filter((mail) => subject.test(mail.subject))
  // SMTP's own window (accepted, not acknowledged here) may deliver it twice, under one Message-ID.
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1)
  expect(mails.length).toBeLessThanOrEqual(inHand ? 2 : 1)
}

/** Two seatings at the table of a slot, on its date, one after the other. */
function makeSeatings(slotId: string) {
  return database.query<{ id: string; startsAt: string }>(
    `INSERT INTO slots (restaurant_id, service_date, table_id, starts_at, ends_at, min_party, max_party)
     SELECT restaurant_id, service_date, table_id, ends_at + n * interval '1 hour', ends_at + (n + 1) * interval '1 hour',
            min_party, max_party
       FROM slots, generate_series(0, 1) AS n WHERE id = $1 ORDER BY n
     RETURNING id::text AS id, iso_instant(starts_at) AS "startsAt"`,
    [slotId],
  )
}

const isMailed = async () => {
  const [row] = await database.query<{ sent: number; all: number }>(
    `SELECT count(*) FILTER (WHERE state = 'SENT')::int AS sent, count(*)::int AS all FROM notices`,
  )
  return row !== undefined && row.all > 0 && row.sent === row.all
}

describe('hard case 6: a process killed between any two steps', () => {
  test('G4, G16, G17: of a booking and its mail: all or nothing, and the same key tells which', async () => {
    // Each statement of a booking is a transaction.
    for await (const steps of planKills(1)) {
      await setUp()
      const key = randomUUID()
      const { token, email, id } = restaurant.diner
      const app = await nextOne()
      const work = () => bookOver({ url: app.url, token, scene: restaurant, key })
      const { inHand } = await killAfter({ steps, app, work, isDone: isMailed })
      const before = await database.query('SELECT id FROM reservations WHERE diner_id = $1', [id])
      expect(before.length).toBeLessThanOrEqual(1)
      expect(await database.query('SELECT FROM notices')).toHaveLength(before.length)
      expect(await findContradictions()).toEqual([])

      const told = await bookOver({
        url: survivor.urlOf(),
        token,
        scene: restaurant,
        key,
        attempt: 2,
      })
      expect(told.status, `after ${steps} steps`).toBe(201)
      if (before[0]) expect(readJson(told).id).toBe(before[0].id)
      expect(await database.query('SELECT FROM reservations')).toHaveLength(1)
      await expectMailOf({ recipient: email, subject: /확정/, inHand })
    }
  }, 240_000)

  test('G6, G16: of a cancellation: all or nothing, its mail included', async () => {
    for await (const steps of planKills()) {
      await setUp()
      const { token, email, id: dinerId } = restaurant.diner
      const { id } = await createReservation(pool, {
        slotId: String(restaurant.slotIds[0]),
        dinerId,
      })
      const cancel = (url: string) =>
        askApi({ url, method: 'POST', path: `/api/v1/reservations/${id}/cancel`, token })
      const app = await nextOne()
      const { inHand } = await killAfter({
        steps,
        app,
        work: () => cancel(app.url),
        // After the commit come the same steps of the mail as above.
        isDone: async () => (await database.query('SELECT FROM slots WHERE taken')).length === 0,
      })
      const [row] = await database.query<{ status: string }>(
        'SELECT status::text FROM reservations',
      )
      expect(['CONFIRMED', 'CANCELLED']).toContain(row?.status)
      const notices = await database.query('SELECT FROM notices')
      expect(notices).toHaveLength(row?.status === 'CANCELLED' ? 1 : 0)
      expect(await findContradictions()).toEqual([])

      const again = await cancel(survivor.urlOf())
      expect([200, 409], `after ${steps} steps: ${again.text}`).toContain(again.status)
      const slots = await database.query('SELECT FROM slots WHERE NOT taken')
      expect(slots, 'the table is free again').toHaveLength(1)
      expect(await findContradictions()).toEqual([])
      await expectMailOf({ recipient: email, subject: /취소/, inHand })
    }
  }, 240_000)

  test('G21: of a seating where another party was forgotten: all or nothing, and asked again it sits', async () => {
    for await (const steps of planKills()) {
      await setUp()
      const { restaurantId, slotIds, owner } = restaurant
      const slotId = String(slotIds[0])
      const forgotten = await createReservation(pool, { slotId, walkIn: true })
      await forget(forgotten.id)
      const [slot] = await database.query<{ id: string }>(
        `INSERT INTO slots (restaurant_id, service_date, table_id, starts_at, ends_at, min_party, max_party)
         SELECT restaurant_id, service_date, table_id, ends_at, ends_at + interval '1 hour', min_party, max_party
           FROM slots WHERE id = $1 RETURNING id`,
        [slotId],
      )
      const key = randomUUID()
      const seat = (url: string) =>
        askApi({
          url,
          method: 'POST',
          path: `/api/v1/restaurants/${restaurantId}/walk-ins`,
          token: owner.token,
          headers: { 'idempotency-key': key },
          body: { partySize: 2, slotIds: [slot?.id] },
        })
      const isSeated = async () =>
        (
          await database.query(`SELECT FROM reservations WHERE status = 'SEATED' AND id <> $1`, [
            forgotten.id,
          ])
        ).length > 0
      const app = await nextOne()
      await killAfter({
        steps,
        app,
        work: () => seat(app.url),
        isDone: isSeated,
      })
      const sits = await isSeated()
      const [before] = await database.query<{ status: string }>(
        'SELECT status::text FROM reservations WHERE id = $1',
        [forgotten.id],
      )
      expect(before?.status).toBe(sits ? 'LEFT' : 'SEATED')
      expect(await findContradictions()).toEqual([])
      expect((await seat(survivor.urlOf())).status, `after ${steps} steps`).toBe(201)
      expect(await database.query('SELECT FROM reservations')).toHaveLength(2)
      expect(await findContradictions()).toEqual([])
    }
  }, 240_000)

  test('G1, G4: of a phone booking: guest, table and notice all or nothing, and the same key tells which', async () => {
    for await (const steps of planKills()) {
      await setUp()
      const { restaurantId, serviceDate, startsAt, owner } = restaurant
      const key = randomUUID()
      const call = (url: string) =>
        askApi({
          url,
          method: 'POST',
          path: `/api/v1/restaurants/${restaurantId}/reservations`,
          token: owner.token,
          headers: { 'idempotency-key': key },
          body: {
            serviceDate,
            startsAt: startsAt.toISOString(),
            partySize: 2,
            guest: { name: '김단골', phone: '010-2345-6789', email: 'caller@bobjool.test' },
            source: 'PHONE',
            notify: true,
          },
        })
      const list = (table: 'guests' | 'reservations' | 'notices') =>
        database.query<{ id: string }>(`SELECT id FROM ${table}`)
      const isBooked = async () => (await list('reservations')).length > 0
      const app = await nextOne()
      const work = () => call(app.url)
      await killAfter({ steps, app, work, isDone: isBooked })
      const before = await list('reservations')
      expect(await list('guests')).toHaveLength(before.length)
      expect(await list('notices')).toHaveLength(before.length)
      expect(await findContradictions()).toEqual([])
      const told = await call(survivor.urlOf())
      expect(told.status, `after ${steps} steps: ${told.text}`).toBe(201)
      if (before[0]) expect(readJson(told).id).toBe(before[0].id)
      expect(await list('reservations')).toHaveLength(1)
      expect(await list('guests')).toHaveLength(1)
      expect(await findContradictions()).toEqual([])
    }
  }, 240_000)

  test.each([
    ['a change by its diner', 'DINER'],
    ['a swap by staff', 'SWAP'],
  ] as const)(
    'G22, G16: of %s: all or nothing, and the same key tells which',
    async (_, kind) => {
      for await (const steps of planKills()) {
        await setUp()
        const { id: dinerId, token } = restaurant.diner
        const [first, second] = await makeSeatings(String(restaurant.slotIds[0]))
        if (!first || !second) throw new Error('two seatings follow')
        const { id } = await createReservation(pool, { slotId: first.id, dinerId })
        const other =
          kind === 'SWAP' ? (await createReservation(pool, { slotId: second.id })).id : null
        const parties = other ? 2 : 1
        const key = randomUUID()
        const change = (url: string) =>
          askApi({
            url,
            method: 'POST',
            path: `/api/v1/reservations/${id}/change`,
            token: other ? restaurant.owner.token : token,
            headers: { 'idempotency-key': key },
            body: other ? { swapWith: other } : { startsAt: second.startsAt },
          })
        const isChanged = async () => (await readPlaces())[second.id] === id
        const app = await nextOne()
        await killAfter({
          steps,
          app,
          work: () => change(app.url),
          isDone: isChanged,
        })
        const isDone = await isChanged()
        expect(await readPlaces()).toEqual({
          ...(isDone ? { [second.id]: id } : { [first.id]: id }),
          ...(other && { [isDone ? first.id : second.id]: other }),
        })
        const told = await database.query(
          `SELECT FROM notices WHERE kind = 'RESERVATION_CHANGED' AND channel = 'MAIL'`,
        )
        expect(told).toHaveLength(isDone ? parties : 0)
        expect(await findContradictions()).toEqual([])
        expect(await findHalfChanged()).toEqual([])
        const again = await change(survivor.urlOf())
        expect(again.status, `after ${steps} steps: ${again.text}`).toBe(200)
        expect((await readPlaces())[second.id]).toBe(id)
        expect(await findHalfChanged()).toEqual([])
      }
    },
    600_000,
  )

  test('control: a booking committed step by step is left half done', async () => {
    proxyOf().cutAt('before', (sql) => /^UPDATE slots/.test(sql))
    const booking = bookInSteps({
      databaseUrl: proxyOf().url,
      slotIds: [String(restaurant.slotIds[0])],
      dinerId: restaurant.diner.id,
    })
    await expect(booking).rejects.toThrow()
    expect(await findContradictions()).toContain(
      'an active reservation whose slot reads as free (1)',
    )
  })
})
