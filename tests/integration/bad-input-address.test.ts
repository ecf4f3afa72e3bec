import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import type { Reason } from '@/lib/problems/problem'
import { createReservation } from '@/prisma/factories'
import { type Ask, askApi, expectProblem, readJson } from '../support/api-client'
import { fingerprintRows, setUpRestaurant, useApps } from '../support/http-scene'

const apps = useApps()
let restaurant: Awaited<ReturnType<typeof setUpRestaurant>>
beforeAll(async () => {
  restaurant = await setUpRestaurant()
  await createReservation(pool, {
    slotId: String(restaurant.slotIds[0]),
    dinerId: restaurant.diner.id,
  })
})

/** `{id}` in a path stands for the restaurant. Asks in Korean and in English. */
async function expectRefusal(ask: Ask, expected: { status: number; reason: Reason }) {
  const before = await fingerprintRows()
  const asked = {
    url: apps.urlOf(),
    token: restaurant.owner.token,
    ...ask,
    path: ask.path.replace('{id}', restaurant.restaurantId),
  }
  const problem = expectProblem(await askApi(asked), expected)
  const headers = { ...ask.headers, 'accept-language': 'en' }
  expectProblem(await askApi({ ...asked, headers }), { ...expected, language: 'en' })
  expect(await fingerprintRows()).toEqual(before)
  return problem
}

const encode = (text: string) => Buffer.from(text).toString('base64url')
const ID = '00000000-0000-4000-8000-000000000000'

describe('G18, hard case 19: parameters', () => {
  test.each([
    '/api/v1/restaurants?limit=1&limit=2',
    '/api/v1/restaurants?limit=0',
    '/api/v1/restaurants?limit=-1',
    '/api/v1/restaurants?limit=51',
    '/api/v1/restaurants?limit=1e1',
    '/api/v1/restaurants?limit=1.5',
    '/api/v1/restaurants?limit=',
    '/api/v1/restaurants?limit[]=5&limit[]=6',
    '/api/v1/restaurants?cursor=1',
    "/api/v1/restaurants?cursor=' OR 1=1 --".replaceAll(' ', '%20'),
    '/api/v1/restaurants?keyword=%00',
    '/api/v1/restaurants?keyword=bap%00',
    `/api/v1/restaurants?keyword=${'b'.repeat(61)}`,
    '/api/v1/restaurants/{id}/board?date=2026-02-30',
    '/api/v1/restaurants/{id}/board?date=2026-2-3',
    '/api/v1/restaurants/{id}/board?date=tomorrow',
    '/api/v1/restaurants/{id}/board?date=0001-01-01',
    '/api/v1/restaurants/{id}/board?date=',
    '/api/v1/restaurants/{id}/board?date=2026-11-22%00',
    '/api/v1/restaurants/{id}/board?date=2026-11-22&date=2026-11-22',
    '/api/v1/restaurants/{id}/day?date=2026-02-30',
    '/api/v1/restaurants/{id}/day?date=2026-11-22&date=2026-11-23',
    '/api/v1/reservations?limit=0',
    '/api/v1/reservations?limit=51',
    '/api/v1/reservations?limit=1e309',
    '/api/v1/reservations?limit=two',
    '/api/v1/reservations?limit=1&limit=1',
    `/api/v1/reservations?cursor=${'a'.repeat(201)}`,
    '/api/v1/reservations?cursor=%00',
  ])('G18: GET %s is invalid', async (path) => {
    await expectRefusal({ path }, { status: 400, reason: 'invalid-parameter' })
  })

  test.each([
    '/api/v1/restaurants?sort=name',
    '/api/v1/restaurants?Limit=5',
    '/api/v1/restaurants?constructor=1',
    '/api/v1/restaurants/{id}/board?v=1',
    '/api/v1/restaurants/{id}/board?date=2026-11-22&_=1732272000',
    '/api/v1/restaurants/{id}/board?=1',
    '/api/v1/restaurants/{id}/day?accountId=1',
    `/api/v1/reservations?dinerId=${ID}`,
  ])('G18: GET %s carries a parameter that nobody knows', async (path) => {
    await expectRefusal({ path }, { status: 400, reason: 'unknown-parameter' })
  })

  test.each([
    ['no cursor of ours', 'garbage'],
    ['a month nobody has', encode(`2026-99-01T10:00:00.000Z ${ID}`)],
    ['an hour nobody has', encode(`2026-11-22T99:99:99.999Z ${ID}`)],
    ['a day nobody has', encode(`2026-02-30T10:00:00.000Z ${ID}`)],
    ['a year before our calendar', encode(`0000-01-01T00:00:00.000Z ${ID}`)],
    ['an id that is none', encode(`2026-11-22T10:00:00.000Z ${'-'.repeat(36)}`)],
  ])('G18: a cursor with %s shows the first page', async (_, cursor) => {
    const { token } = restaurant.diner
    const ask = { url: apps.urlOf(), token }
    const first = await askApi({ ...ask, path: '/api/v1/reservations' })
    const answer = await askApi({ ...ask, path: `/api/v1/reservations?cursor=${cursor}` })
    expect([answer.status, answer.text]).toEqual([200, first.text])
    expect(readJson(first).items).toHaveLength(1)
  })
})

describe('G19, hard case 19: addresses of things that can’t exist', () => {
  const strange = [
    ...['1', 'null', 'undefined', '__proto__', 'constructor', '..%2f..%2fetc%2fpasswd', '%00'],
    ...["'%20OR%201=1", '%F0%9F%8D%9A', '{id}%20', `${ID}x`, 'A'.repeat(3000), '%252e%252e'],
  ]
  test.each(strange)('G19: a restaurant "%s" is not found', async (id) => {
    for (const rest of ['', '/board', '/day'])
      await expectRefusal(
        { path: `/api/v1/restaurants/${id}${rest}` },
        { status: 404, reason: 'not-found' },
      )
    const walkIn = { method: 'POST', body: { partySize: 2, slotIds: restaurant.slotIds } }
    await expectRefusal(
      { path: `/api/v1/restaurants/${id}/walk-ins`, ...walkIn },
      { status: 404, reason: 'not-found' },
    )
  })

  test.each([...strange, ID])('G19: a reservation "%s" is not found', async (id) => {
    const notFound = { status: 404, reason: 'not-found' } as const
    await expectRefusal({ path: `/api/v1/reservations/${id}` }, notFound)
    for (const act of [
      'confirm',
      'cancel',
      'seat',
      'leave',
      'no-show',
      'arrive',
      'correct-no-show',
    ])
      await expectRefusal({ method: 'POST', path: `/api/v1/reservations/${id}/${act}` }, notFound)
  })

  test.each([
    ['GET', '/api/nowhere'],
    ['POST', '/api/nowhere'],
    ['PUT', '/api/v1/nowhere'],
    ['PATCH', '/api/v1/reservations/1/eat'],
    ['DELETE', '/api/v1/nowhere/at/all'],
    ['GET', '/api/v2/restaurants'],
    ['GET', '/api/v1'],
    ['GET', '/api'],
    ['POST', '/api'],
    ['GET', '/api/v1/restaurants.php'],
    ['GET', '/api/cron'],
    ['GET', '/api/auth/../cron/nowhere'],
    ['GET', '/api/_admin/counts'],
  ])('G19: %s %s leads nowhere and says so like every other refusal', async (method, path) => {
    await expectRefusal({ method, path }, { status: 404, reason: 'not-found' })
  })

  test.each([
    ['PUT', '/api/v1/reservations'],
    ['DELETE', '/api/v1/reservations'],
    ['PATCH', '/api/v1/session'],
    ['GET', '/api/v1/undo'],
    ['DELETE', '/api/v1/restaurants/{id}'],
    ['POST', '/api/cron/sweep'],
  ])('G19: %s %s is no method of it, and does nothing', async (method, path) => {
    const before = await fingerprintRows()
    const answer = await askApi({
      url: apps.urlOf(),
      method,
      path: path.replace('{id}', restaurant.restaurantId),
      token: restaurant.owner.token,
    })
    expect(answer.status).toBe(405)
    expect(answer.text).toBe('')
    expect(await fingerprintRows()).toEqual(before)
  })

  test.each(['%E0%A4%A', '%', '%ZZ', '%C0%AF'])(
    'G18: an address that can’t be read, "%s", is refused without a word about us',
    async (id) => {
      for (const path of [`/api/v1/restaurants/${id}`, `/api/v1/reservations/${id}`, `/${id}`]) {
        const answer = await askApi({ url: apps.urlOf(), path, token: restaurant.owner.token })
        expect(answer.status).toBeGreaterThanOrEqual(400)
        expect(answer.status).toBeLessThan(500)
        expect(answer.text).not.toMatch(/\n\s+at |node_modules|URIError/)
      }
    },
  )
})

describe('G18: the language asked for', () => {
  test.each([
    ['en', 'en'],
    ['en-US,en;q=0.9', 'en'],
    ['ko;q=0.1,en;q=0.2', 'en'],
    ['en;q=0,ko', 'ko'],
    ['fr-FR,fr;q=0.9', 'ko'],
    ['ja,en;q=0.1', 'en'],
    ['*', 'ko'],
    ['', 'ko'],
    [';;;,,,q=q=q', 'ko'],
    ['../../en', 'ko'],
    ['en'.repeat(3_000), 'ko'],
  ] as const)('G18: "%s" is answered in %s', async (asked, language) => {
    const answer = await askApi({
      url: apps.urlOf(),
      path: '/api/nowhere',
      headers: { 'accept-language': asked },
    })
    expectProblem(answer, { status: 404, reason: 'not-found', language })
  })
})
