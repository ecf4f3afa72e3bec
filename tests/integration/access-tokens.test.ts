import { createHmac, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import { type Answer, askApi, countOutcomes, expectProblem, readJson } from '../support/api-client'
import { useDatabase } from '../support/database'
import {
  bookOver,
  createPerson,
  fingerprintRows,
  setUpRestaurant,
  useApps,
} from '../support/http-scene'

const SECRET = String(process.env.AUTH_SECRET)
const NEXT_SECRET = 'Tz5qWk8vXn2rYd6mHb1sJc9gPf4uLe7aOiKxVwZtBy3'
const CRON_SECRET = String(process.env.CRON_SECRET)
const database = useDatabase()
const apps = useApps()
const rotated = useApps({ env: { AUTH_SECRET: `${NEXT_SECRET},${SECRET}` } })
const behindProxy = useApps({ env: { TRUSTED_ADDRESS_HEADER: 'x-real-ip' } })

let restaurant: Awaited<ReturnType<typeof setUpRestaurant>>
let reservationId: string
beforeAll(async () => {
  restaurant = await setUpRestaurant({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
  const { id } = await createReservation(pool, {
    slotId: String(restaurant.slotIds[0]),
    dinerId: restaurant.diner.id,
  })
  reservationId = id
})

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const now = () => Math.floor(Date.now() / 1000)

interface Forgery {
  header?: Record<string, unknown>
  claims?: Record<string, unknown>
  secret?: string
  digest?: 'sha256' | 'sha512'
}

/** A handmade token that we would have signed as it stands. */
function forge({ header, claims, secret = SECRET, digest = 'sha256' }: Forgery = {}): string {
  const signed = [
    encode({ alg: 'HS256', ...header }),
    encode({
      iss: 'bobjool',
      sub: restaurant.diner.id,
      iat: now() - 60,
      exp: now() + 3_600,
      email: restaurant.diner.email,
      name: '손님',
      role: 'DINER',
      locale: 'ko',
      ...claims,
    }),
  ].join('.')
  return `${signed}.${createHmac(digest, secret).update(signed).digest('base64url')}`
}

const readOwn = (given: { url?: string; token?: string; headers?: Record<string, string> }) =>
  askApi({ url: apps.urlOf(), path: `/api/v1/reservations/${reservationId}`, ...given })

describe('G19, hard case 20: a session is what we signed', () => {
  test('G19: a token signed as ours is accepted, so the ones below are refused for their own fault', async () => {
    expect((await readOwn({ token: forge() })).status).toBe(200)
    expect((await readOwn({ headers: { authorization: `bearer ${forge()}` } })).status).toBe(200)
  })

  test.each<[name: string, make: () => string]>([
    ['of another secret', () => forge({ secret: 'another-secret-0123456789' })],
    ['of an empty secret', () => forge({ secret: '' })],
    ['of the next secret, before it is ours', () => forge({ secret: NEXT_SECRET })],
    ['that ran out', () => forge({ claims: { exp: now() - 1 } })],
    ['that is not valid yet', () => forge({ claims: { nbf: now() + 600 } })],
    ['of another issuer', () => forge({ claims: { iss: 'somebody' } })],
    ['of no issuer', () => forge({ claims: { iss: undefined } })],
    ['of nobody', () => forge({ claims: { sub: undefined } })],
    ['of a role that is none', () => forge({ claims: { role: 'SUPERUSER' } })],
    ['with an algorithm we don’t use', () => forge({ header: { alg: 'HS512' }, digest: 'sha512' })],
    ['that says "none" and is signed', () => forge({ header: { alg: 'none' } })],
    ['that says "none" and is not', () => forge({ header: { alg: 'none' } }).replace(/[^.]+$/, '')],
    ['that says "None"', () => forge({ header: { alg: 'None' } }).replace(/[^.]+$/, '')],
    ['with a key of its own', () => forge({ header: { jwk: { kty: 'oct', k: '' } }, secret: '' })],
    ['with a critical header', () => forge({ header: { crit: ['b64'], b64: false } })],
    ['without a signature', () => forge().replace(/\.[^.]+$/, '')],
    [
      'with another’s signature',
      () => forge().replace(/[^.]+$/, restaurant.owner.token.split('.')[2] ?? ''),
    ],
    ['with changed claims', () => forge().replace(/\.[^.]+\./, `.${encode({ role: 'ADMIN' })}.`)],
    ['that is no token', () => 'null'],
    ['of a kilobyte of dots', () => '.'.repeat(1_000)],
    ['of eight kilobytes', () => 'A'.repeat(8_000)],
  ])('G19: a token %s is nobody’s, as bearer and as cookie', async (_, make) => {
    const token = make()
    expectProblem(await readOwn({ token }), { status: 401, reason: 'signed-out' })
    const headers = { cookie: `bobjool.session-token=${token}` }
    expectProblem(await readOwn({ headers }), { status: 401, reason: 'signed-out' })
    const session = await askApi({ url: apps.urlOf(), path: '/api/v1/session', token })
    expect([session.status, session.text]).toEqual([200, '{"user":null}'])
  })

  test.each(['', 'Bearer', 'Bearer ', 'Basic ZGluZXI6cHc=', 'Bearer two words', 'Token x'])(
    'G19: "authorization: %s" is nobody, and a cookie beside it does not help',
    async (authorization) => {
      const headers = { authorization, cookie: `bobjool.session-token=${restaurant.diner.token}` }
      expectProblem(await readOwn({ headers }), { status: 401, reason: 'signed-out' })
    },
  )

  test('G19: a session in a cookie of another name, or of a longer one, is no session', async () => {
    for (const name of ['next-auth.session-token', 'xbobjool.session-token', 'session', 'token']) {
      const headers = { cookie: `${name}=${restaurant.diner.token}` }
      expectProblem(await readOwn({ headers }), { status: 401, reason: 'signed-out' })
    }
  })

  test('G19: during a change of secret both are accepted and the first one signs', async () => {
    const url = rotated.urlOf()
    expect((await readOwn({ url, token: forge() })).status).toBe(200)
    expect((await readOwn({ url, token: forge({ secret: NEXT_SECRET }) })).status).toBe(200)
    const third = forge({ secret: 'a-third-secret-0123456789' })
    expectProblem(await readOwn({ url, token: third }), { status: 401, reason: 'signed-out' })
    const signedIn = await askApi({
      url,
      method: 'POST',
      path: '/api/v1/session',
      body: { email: restaurant.diner.email, password: 'bobjool-demo' },
    })
    const [header, claims, signature] = String(readJson(signedIn).token).split('.')
    const expected = createHmac('sha256', NEXT_SECRET).update(`${header}.${claims}`)
    expect(signature).toBe(expected.digest('base64url'))
  })
})

describe('G19, hard case 20: a cookie acts only from our own pages', () => {
  const confirmAct = (headers: Record<string, string>) =>
    askApi({
      url: apps.urlOf(),
      method: 'POST',
      path: `/api/v1/reservations/${reservationId}/confirm`,
      headers,
    })
  const cookie = () => ({ cookie: `a=b; bobjool.session-token=${restaurant.diner.token}; c=d` })

  test.each<[name: string, headers: Record<string, string>]>([
    ['from another site', { origin: 'https://evil.example' }],
    ['from a site that only begins like ours', { origin: 'http://127.0.0.1.evil.example' }],
    ['from another port', { origin: 'http://127.0.0.1:1' }],
    ['from nowhere', {}],
    ['from a hidden origin', { origin: 'null' }],
    ['from no address', { origin: 'bobjool' }],
    ['from an empty origin', { origin: '' }],
    ['from a sister site', { 'sec-fetch-site': 'same-site' }],
    ['from another site that says so', { 'sec-fetch-site': 'cross-site' }],
    ['with a referrer of ours only', { referer: 'http://127.0.0.1/reservations' }],
    [
      'with a forwarded host',
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
    ],
  ])('G19: an act %s is refused and does nothing', async (_, headers) => {
    const before = await fingerprintRows()
    const answer = await confirmAct({ ...cookie(), ...headers })
    expectProblem(answer, { status: 403, reason: 'foreign-origin' })
    expect(await fingerprintRows()).toEqual(before)
  })

  test('G19: from our own pages it is judged like any other request', async () => {
    // A confirmed reservation can't be confirmed again: the refusal shows that the act was judged.
    const judged = { status: 409, reason: 'cannot-move' } as const
    expectProblem(await confirmAct({ ...cookie(), origin: apps.urlOf() }), judged)
    expectProblem(await confirmAct({ ...cookie(), 'sec-fetch-site': 'same-origin' }), judged)
  })

  test('G19: a bearer token needs no origin: no page can make a browser send it', async () => {
    const authorization = `Bearer ${restaurant.diner.token}`
    const judged = { status: 409, reason: 'cannot-move' } as const
    expectProblem(await confirmAct({ authorization }), judged)
    expectProblem(await confirmAct({ authorization, origin: 'https://evil.example' }), judged)
  })

  test('G19: reading changes nothing and needs no origin', async () => {
    expect((await readOwn({ headers: cookie() })).status).toBe(200)
  })

  test('G19: booking by cookie from another site books nothing', async () => {
    const before = await fingerprintRows()
    const headers = { ...cookie(), origin: 'https://evil.example' }
    const answer = await bookOver({ url: apps.urlOf(), scene: restaurant, headers })
    expectProblem(answer, { status: 403, reason: 'foreign-origin' })
    expect(await fingerprintRows()).toEqual(before)
  })
})

describe('G19, hard case 20: nothing relies on a proxy in front', () => {
  const skips = [
    'middleware',
    'proxy',
    'src/middleware',
    Array(6).fill('middleware').join(':'),
    Array(6).fill('proxy').join(':'),
    Array(6).fill('src/proxy').join(':'),
  ]
  test.each(skips)('G19: "x-middleware-subrequest: %s" gives no access', async (skip) => {
    const headers = { 'x-middleware-subrequest': skip, 'x-middleware-next': '1' }
    expectProblem(await readOwn({ headers }), { status: 401, reason: 'signed-out' })
    const day = await askApi({
      url: apps.urlOf(),
      path: `/api/v1/restaurants/${restaurant.restaurantId}/day`,
      headers,
      token: restaurant.diner.token,
    })
    expectProblem(day, { status: 404, reason: 'not-found' })
    const page = await askApi({ url: apps.urlOf(), path: '/owner', headers })
    expect(page.text).not.toContain(restaurant.owner.email)
    expect(page.status).not.toBe(500)
  })

  test.each([
    undefined,
    '',
    'Bearer ',
    'Bearer undefined',
    'Bearer null',
    `Bearer ${CRON_SECRET}x`,
    `Bearer ${CRON_SECRET.slice(0, -1)}`,
    `bearer ${CRON_SECRET}`,
    CRON_SECRET,
    `Basic ${CRON_SECRET}`,
  ])('G19: the sweep is not there for "%s"', async (authorization) => {
    await createReservation(pool, { status: 'HELD', holdExpiresAt: new Date(Date.now() - 60_000) })
    const before = await fingerprintRows()
    const answer = await askApi({
      url: apps.urlOf(),
      path: '/api/cron/sweep',
      headers: { ...(authorization !== undefined && { authorization }), 'x-vercel-cron': '1' },
    })
    expectProblem(answer, { status: 404, reason: 'not-found' })
    expect(await fingerprintRows()).toEqual(before)
  })

  test('G19: the sweep works for the timer', async () => {
    const headers = { authorization: `Bearer ${CRON_SECRET}` }
    const answer = await askApi({ url: apps.urlOf(), path: '/api/cron/sweep', headers })
    expect(answer.status).toBe(200)
    expect(readJson(answer)).toMatchObject({ reservations: { ended: expect.any(Number) } })
  })
})

describe('G20, hard case 20: addresses made up by the sender', () => {
  const pretend = (index: number) => ({
    'x-forwarded-for': `203.0.113.${index % 250}`,
    'x-real-ip': `203.0.113.${index % 250}`,
    'cf-connecting-ip': `203.0.113.${index % 250}`,
    forwarded: `for=203.0.113.${index % 250}`,
  })

  test('G20: a new address with each request does not get round the account’s limit', async () => {
    const { token } = await createPerson()
    const answers = await Promise.all(
      Array.from({ length: 250 }, (_, index) =>
        bookOver({
          url: apps.urlOf(),
          token,
          scene: restaurant,
          partySize: 99,
          headers: pretend(index),
        }),
      ),
    )
    // Two requests of one diner at once: one of them is told to ask again.
    const { '409 in-progress': _, ...counts } = countOutcomes(answers)
    expect(Object.keys(counts).sort()).toEqual(['422 party-size', '429 rate-limited'])
    const limited = answers.find((answer) => answer.status === 429)
    if (!limited) throw new Error('nobody was limited')
    expectProblem(limited, { status: 429, reason: 'rate-limited' })
    expect(Number(limited.headers['retry-after'])).toBeGreaterThanOrEqual(1)
  })

  test('G20: without a trusted header no limit applies to a claimed address, and a rush of sign-ins stops nobody else', async () => {
    const claimed = { 'x-forwarded-for': '203.0.113.7', 'x-real-ip': '203.0.113.7' }
    const rush = Promise.all(
      Array.from({ length: 130 }, () =>
        askApi({
          url: apps.urlOf(),
          method: 'POST',
          path: '/api/v1/session',
          headers: claimed,
          body: { email: `${randomUUID()}@bobjool.test`, password: 'x' },
        }),
      ),
    )
    const others = await Promise.all(Array.from({ length: 20 }, () => readOwn({ token: forge() })))
    expect(countOutcomes(others)).toEqual({ 200: 20 })
    // Most find the door for sign-ins full; no address is limited.
    const outcomes = countOutcomes(await rush)
    expect(Object.keys(outcomes).sort()).toEqual(['401 wrong-credentials', '503 busy'])
    expect(outcomes['401 wrong-credentials']).toBeGreaterThanOrEqual(20)
  })

  test('G20: with a trusted header the address in it is limited, whatever the other headers say', async () => {
    const answers: Answer[] = []
    const isRefused = ({ status }: Answer) => status === 429
    // In small groups: where Redis answers too late, the process counts for itself, from zero, so
    // that up to two limits pass.
    for (let sent = 0; answers.filter(isRefused).length < 20 && sent < 300; sent += 10) {
      const some = Array.from({ length: 10 }, (_, index) =>
        askApi({
          url: behindProxy.urlOf(),
          method: 'POST',
          path: '/api/v1/session',
          headers: { ...pretend(sent + index), 'x-real-ip': '198.51.100.7' },
          body: { email: `${randomUUID()}@bobjool.test`, password: 'x' },
        }),
      )
      answers.push(...(await Promise.all(some)))
    }
    const counts = countOutcomes(answers)
    expect(Object.keys(counts).sort()).toEqual(['401 wrong-credentials', '429 rate-limited'])
    expect(counts['429 rate-limited']).toBeGreaterThanOrEqual(20)
    const elsewhere = await askApi({
      url: behindProxy.urlOf(),
      method: 'POST',
      path: '/api/v1/session',
      headers: { 'x-forwarded-for': '198.51.100.7', 'x-real-ip': '198.51.100.8' },
      body: { email: `${randomUUID()}@bobjool.test`, password: 'x' },
    })
    expectProblem(elsewhere, { status: 401, reason: 'wrong-credentials' })
  })

  test('G20: the audit log holds the trusted address, and never a claimed one', async () => {
    const fresh = await setUpRestaurant({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
    const headers = { 'x-forwarded-for': '203.0.113.9', 'x-real-ip': '2001:db8:1:2:3::4' }
    const ask = { scene: fresh, token: fresh.diner.token, headers }
    const plain = await bookOver({ url: apps.urlOf(), ...ask })
    const { token } = await createPerson()
    const trusted = await bookOver({ url: behindProxy.urlOf(), ...ask, token })
    expect([plain.status, trusted.status]).toEqual([201, 201])
    const rows = await database.query<{ address: string | null }>(
      `SELECT address FROM audit_events WHERE act = 'BOOK' AND restaurant_id = $1 ORDER BY at`,
      [fresh.restaurantId],
    )
    expect(rows).toEqual([{ address: null }, { address: '2001:db8:1:2::/64' }])
  })
})
