import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { hashDeviceToken, makeDeviceToken } from '@/lib/crypto/device-token'
import { pool } from '@/lib/db/database'
import { sessionCookieName } from '@/lib/http/session'
import { createReservation } from '@/prisma/factories'
import { type Answer, askApi } from '../support/api-client'
import { createPerson, setUpRestaurant, useApps } from '../support/http-scene'
import { createDrawnOpening, createOpening } from '../support/opening-scene'
import { setUpTickets } from '../support/ticket-scene'

const apps = useApps()

async function cancelOne(restaurantId: string, mark: string): Promise<string> {
  const { openingId } = await createOpening({ restaurantId, daysAhead: 2 })
  await pool.query('UPDATE openings SET cancelled_at = now(), cancelled_for = $2 WHERE id = $1', [
    openingId,
    `${mark} reason`,
  ])
  return openingId
}

/** A restaurant whose words are all its own, and a diner who has booked, waits and takes part. */
async function setUp(mark: string) {
  const diner = await createPerson()
  const { restaurantId, slotIds } = await setUpRestaurant()
  const slug = `${mark}-${randomUUID()}`
  await pool.query(
    `UPDATE restaurants SET slug = $2, name = $3 || ' kitchen', name_en = $3 || ' diner', region = $3,
            description = $3 || ' words', address = $3 || ' street' WHERE id = $1`,
    [restaurantId, slug, mark],
  )
  const drawn = await createDrawnOpening({ accountId: diner.id })
  const { openingId: comingId } = await createOpening({ restaurantId, daysAhead: 1 })
  const cancelledId = await cancelOne(restaurantId, mark)
  const { ticketId } = await setUpTickets({ restaurantId, dinerId: diner.id })
  const slotId = String(slotIds[0])
  const { id: reservationId } = await createReservation(pool, { slotId, dinerId: diner.id })
  const openings = { comingId, cancelledId, drawnId: drawn.openingId, receipt: drawn.receipt }
  const restaurants = [restaurantId, drawn.restaurantId]
  return { mark, diner, slug, restaurantId, restaurants, ...openings, ticketId, reservationId }
}

type Scene = Awaited<ReturnType<typeof setUp>>

let hidden: Scene
let shown: Scene
beforeAll(async () => {
  hidden = await setUp('concealed')
  shown = await setUp('displayed')
  await pool.query('UPDATE restaurants SET published = false WHERE id = ANY ($1::uuid[])', [
    hidden.restaurants,
  ])
})

const get = (path: string, token?: string): Promise<Answer> =>
  askApi({ url: apps.urlOf(), path, token, headers: { accept: 'text/html,application/json' } })

/** Addresses that are one restaurant's own. */
const OWN: [what: string, pathOf: (scene: Scene) => string][] = [
  ['page', ({ slug }) => `/restaurants/${slug}`],
  ['page in English', ({ slug }) => `/en/restaurants/${slug}`],
  ['share picture', ({ slug }) => `/ko/restaurants/${slug}/share.png`],
  ['page of a coming opening', ({ comingId }) => `/openings/${comingId}`],
  ['page of a coming opening in English', ({ comingId }) => `/en/openings/${comingId}`],
  ['page of a cancelled opening', ({ cancelledId }) => `/openings/${cancelledId}`],
  ['share picture of an opening', ({ comingId }) => `/ko/openings/${comingId}/share.png`],
  ['proof page', ({ drawnId }) => `/openings/${drawnId}/proof`],
  ['details', ({ restaurantId }) => `/api/v1/restaurants/${restaurantId}`],
  ['details by slug', ({ slug }) => `/api/v1/restaurants/${slug}`],
  ['board', ({ restaurantId }) => `/api/v1/restaurants/${restaurantId}/board`],
  ['board by slug', ({ slug }) => `/api/v1/restaurants/${slug}/board`],
  ['line', ({ restaurantId }) => `/api/v1/restaurants/${restaurantId}/line`],
  ['openings', ({ restaurantId }) => `/api/v1/restaurants/${restaurantId}/openings`],
  ['snapshot of a coming opening', ({ comingId }) => `/api/v1/openings/${comingId}`],
  ['snapshot of a cancelled opening', ({ cancelledId }) => `/api/v1/openings/${cancelledId}`],
  ['snapshot of a drawn opening', ({ drawnId }) => `/api/v1/openings/${drawnId}`],
  ['log of an opening', ({ drawnId }) => `/api/v1/openings/${drawnId}/proof`],
]

/** Addresses of all restaurants, where a shown one stands and a hidden one does not. */
const LISTS: [what: string, pathOf: (scene: Scene) => string, foundBy: 'mark' | 'restaurantId'][] =
  [
    ['landing', () => '/', 'mark'],
    ['landing in English', () => '/en', 'mark'],
    ['list', () => '/restaurants', 'mark'],
    ['search', () => '/api/v1/restaurants', 'mark'],
    ['sitemap', () => '/sitemap.xml', 'mark'],
    [
      'tonight',
      ({ restaurantId }) => `/api/v1/tonight?party=2&restaurants=${restaurantId}`,
      'restaurantId',
    ],
  ]

describe('nothing from a hidden restaurant', () => {
  test.each(OWN)('%s', async (_, pathOf) => {
    const answer = await get(pathOf(hidden))
    expect(answer.status).toBe(404)
    expect(answer.text).not.toContain(`${hidden.mark} `)
    expect((await get(pathOf(shown))).status, 'control: a shown one').toBe(200)
  })

  test.each(LISTS)('%s', async (_, pathOf, foundBy) => {
    const answer = await get(pathOf(hidden))
    expect(answer.status).toBe(200)
    expect(answer.text).not.toContain(hidden[foundBy])
    expect((await get(pathOf(shown))).text, 'control: a shown one').toContain(shown[foundBy])
  })

  test('a turn is not given', async () => {
    const takeTurn = ({ drawnId, receipt, diner }: Scene) =>
      askApi({
        url: apps.urlOf(),
        method: 'POST',
        path: `/api/v1/openings/${drawnId}/turn`,
        token: diner.token,
        body: { receipt },
      })
    expect((await takeTurn(hidden)).status).toBe(404)
    expect((await takeTurn(shown)).status, 'control: a shown one').toBe(201)
  })

  test('an opening is not entered', async () => {
    const enter = async ({ drawnId }: Scene) =>
      askApi({
        url: apps.urlOf(),
        method: 'POST',
        path: `/api/v1/openings/${drawnId}/entries`,
        token: (await createPerson()).token,
      })
    const refused = await enter(hidden)
    expect(refused.status).toBe(404)
    expect(refused.text).not.toContain(hidden.mark)
    expect((await enter(shown)).status, 'control: a shown one').toBe(201)
  })

  test('a place in its line is not given from afar', async () => {
    const take = async ({ restaurantId }: Scene) => {
      const { token } = await createPerson()
      const asked = { method: 'POST' as const, path: `/api/v1/restaurants/${restaurantId}/tickets` }
      const headers = { 'idempotency-key': randomUUID() }
      const body = { partySize: 2, dining: 'IN_STORE', channel: 'ONLINE' }
      return askApi({ url: apps.urlOf(), ...asked, token, headers, body })
    }
    expect((await take(hidden)).status).toBe(404)
    // Of a shown one its line judges, which may be shut by now.
    expect([201, 409], 'control: a shown one').toContain((await take(shown)).status)
  })

  test('the page of tablets names it to nobody, and its own tablet knows whose it is', async () => {
    const pages = ['/owner/kiosk', '/en/owner/kiosk']
    for (const path of pages) expect((await get(path)).text).not.toContain(`${hidden.mark} `)
    const ask = (token: string) =>
      askApi({ url: apps.urlOf(), path: '/api/v1/kiosk', headers: { 'kiosk-token': token } })
    const unknown = await ask('x'.repeat(43))
    expect(unknown.status).toBe(401)
    expect(unknown.text).not.toContain(hidden.mark)
    // The door has a lock of its own: the restaurant's tablet is its staff's.
    const token = makeDeviceToken()
    await pool.query(
      `INSERT INTO kiosks (restaurant_id, name, token_hash) VALUES ($1, 'door', $2)`,
      [hidden.restaurantId, hashDeviceToken(token)],
    )
    expect((await ask(token)).text, 'control').toContain(`${hidden.mark} kitchen`)
  })

  test.each<[what: string, pathOf: (scene: Scene) => string]>([
    ['ticket', ({ ticketId }) => `/api/v1/tickets/${ticketId}`],
    ['reservation', ({ reservationId }) => `/api/v1/reservations/${reservationId}`],
    ['receipt', ({ drawnId }) => `/api/v1/openings/${drawnId}/entries/me`],
  ])('but a diner keeps their own %s', async (_, pathOf) => {
    for (const scene of [hidden, shown])
      expect((await get(pathOf(scene), scene.diner.token)).status, scene.mark).toBe(200)
  })

  test.each(['tickets', 'reservations'])('and its page: %s', async (kind) => {
    for (const { mark, diner, ticketId, reservationId } of [hidden, shown]) {
      const answer = await askApi({
        url: apps.urlOf(),
        path: `/${kind}/${kind === 'tickets' ? ticketId : reservationId}`,
        headers: { accept: 'text/html', cookie: `${sessionCookieName()}=${diner.token}` },
      })
      expect(answer.status, mark).toBe(200)
      expect(answer.text).toContain(`${mark} kitchen`)
    }
  })
})
