import { readdirSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, type Ask, askApi, nameOutcome } from '../support/api-client'
import { useDatabase } from '../support/database'
import {
  bookOver,
  createPerson,
  fingerprintRows,
  setUpRestaurant,
  useApps,
} from '../support/http-scene'
import { useGateway } from '../support/stack-gateway'

const ROUTES = path.resolve(import.meta.dirname, '../../app/api/v1')
const UNSAFE = ['POST', 'PUT', 'PATCH', 'DELETE']
const COOKIE = 'bobjool.session-token'

const database = useDatabase()
const gateway = useGateway()
const open = useApps({ smtpUrl: null })
const trusting = useApps({ smtpUrl: null, env: { TRUSTED_ADDRESS_HEADER: 'x-forwarded-for' } })
const withoutCron = useApps({ smtpUrl: null, env: { CRON_SECRET: '' } })

let restaurant: Awaited<ReturnType<typeof setUpRestaurant>>
beforeEach(async () => {
  await gateway.reset()
  restaurant = await setUpRestaurant({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
})

describe('G20: the network address', () => {
  const signIn = ({ url, headers }: { url: string; headers: Record<string, string> }) =>
    askApi({
      url,
      method: 'POST',
      path: '/api/v1/session',
      headers,
      // A new account each time, so that only an address limit could refuse.
      body: { email: `nobody-${Math.random()}@bobjool.test`, password: 'wrong password' },
    })
  const TRIES = 110
  /**
   * A few at a time: in a rush Redis might answer too late, and the process would count on its own.
   */
  async function countLimited(ask: (number: number) => Promise<Answer>): Promise<number> {
    const answers: Answer[] = []
    for (let first = 0; first < TRIES; first += 5) {
      const numbers = Array.from({ length: 5 }, (_, index) => first + index)
      answers.push(...(await Promise.all(numbers.map(ask))))
    }
    return answers.filter(({ status }) => status === 429).length
  }

  test('G20: hard case 20: without a trusted header no header of a client limits anyone', async () => {
    const address = '203.0.113.9'
    const headers = {
      'x-forwarded-for': address,
      'x-real-ip': address,
      forwarded: `for=${address}`,
      'x-vercel-forwarded-for': address,
      'cf-connecting-ip': address,
    }
    expect(await countLimited(() => signIn({ url: open.urlOf(), headers }))).toBe(0)
  })

  test('G20: hard case 20: with one, only its last hop counts: earlier hops, written by the client, change nothing', async () => {
    const ask = (number: number) =>
      signIn({
        url: trusting.urlOf(),
        headers: { 'x-forwarded-for': `198.51.100.${number}, 203.0.113.10` },
      })
    expect(await countLimited(ask)).toBeGreaterThanOrEqual(1)
  })

  test('G20: control: another last hop is another address', async () => {
    const ask = (number: number) =>
      signIn({
        url: trusting.urlOf(),
        headers: { 'x-forwarded-for': `203.0.113.11, 198.51.100.${number}` },
      })
    expect(await countLimited(ask)).toBe(0)
  })
})

async function listUnsafe(): Promise<{ method: string; path: string }[]> {
  const files = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
  const found: { method: string; path: string }[] = []
  for (const file of files.filter((name) => path.basename(name) === 'route.ts').sort()) {
    const route: Record<string, unknown> = await import(path.join(ROUTES, file))
    const address = path.dirname(file).replace(/\[\w+\]/g, restaurant.restaurantId)
    for (const method of UNSAFE.filter((one) => one in route))
      found.push({ method, path: `/api/v1/${address}` })
  }
  return found
}

describe('G19: hard case 20: another site asks with a signed-in person’s cookie', () => {
  /** Routes that read no session offer nothing to a foreign site. */
  const SESSIONLESS = new Set(['POST /api/v1/session', 'POST /api/v1/accounts'])
  const origins: [string, Record<string, string>][] = [
    ['another site', { origin: 'https://evil.example' }],
    ['no site at all ("null")', { origin: 'null' }],
    ['a site whose name begins like ours', { origin: 'http://127.0.0.1.evil.example' }],
    [
      'another site, by its own word forwarded for it',
      {
        origin: 'https://evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
      },
    ],
    ['nobody says who', {}],
    ['another site, says the browser', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour under the same name, says the browser', { 'sec-fetch-site': 'same-site' }],
  ]

  test.each(origins)('%s: every route that writes refuses', async (_, headers) => {
    const routes = await listUnsafe()
    expect(routes.length).toBeGreaterThan(10)
    const before = await fingerprintRows()
    for (const { method, path: address } of routes) {
      if (SESSIONLESS.has(`${method} ${address}`)) continue
      const answer = await askApi({
        url: open.urlOf(),
        method,
        path: address,
        headers: { cookie: `${COOKIE}=${restaurant.owner.token}`, ...headers },
        body: {},
      })
      expect(`${method} ${address} ${nameOutcome(answer)}`).toBe(
        `${method} ${address} 403 foreign-origin`,
      )
    }
    expect(await fingerprintRows()).toEqual(before)
  })

  test('control: our own pages are let through', async () => {
    for (const { method, path: address } of await listUnsafe()) {
      const headers = { cookie: `${COOKIE}=${restaurant.owner.token}`, origin: open.urlOf() }
      const answer = await askApi({ url: open.urlOf(), method, path: address, headers, body: {} })
      expect(nameOutcome(answer)).not.toBe('403 foreign-origin')
    }
  })

  test('signing out or in by next-auth needs a token that only our pages have', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const headers = {
      ...form,
      cookie: `${COOKIE}=${restaurant.owner.token}`,
      origin: 'https://evil.example',
    }
    const bytes = new URLSearchParams({
      email: restaurant.owner.email,
      password: 'bobjool-demo',
    }).toString()
    for (const act of ['signout', 'callback/credentials']) {
      const answer = await askApi({
        url: open.urlOf(),
        method: 'POST',
        path: `/api/auth/${act}`,
        headers,
        bytes,
      })
      expect(String(answer.headers['set-cookie'] ?? '')).not.toContain(COOKIE)
    }
  })
})

describe('hard case 20: headers that other software would trust', () => {
  const hostile: Record<string, string>[] = [
    { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
    { 'x-middleware-subrequest': 'src/middleware:src/middleware:src/middleware' },
    { 'x-middleware-rewrite': '/owner' },
    { 'x-original-url': '/owner', 'x-rewrite-url': '/owner' },
  ]

  test.each(hostile)('G19: %j gives no access', async (headers) => {
    for (const address of ['/owner', '/reservations', '/ko/owner']) {
      const answer = await askApi({ url: open.urlOf(), path: address, headers })
      expect([200, 307, 308]).toContain(answer.status)
      expect(answer.text).not.toContain(restaurant.owner.email)
      if (answer.status === 200)
        expect(answer.headers['content-security-policy']).toContain('nonce-')
    }
    const asked = { path: `/api/v1/restaurants/${restaurant.restaurantId}/day`, headers }
    expect(nameOutcome(await askApi({ url: open.urlOf(), ...asked }))).toBe('401 signed-out')
  })

  test('a POST stays a POST, and a GET a GET, whatever its override headers say', async () => {
    const before = await fingerprintRows()
    const { token } = restaurant.owner
    const headers = {
      'x-http-method-override': 'POST',
      'x-http-method': 'POST',
      'x-method-override': 'POST',
    }
    const walkIns = `/api/v1/restaurants/${restaurant.restaurantId}/walk-ins`
    const body = { partySize: 2, slotIds: [restaurant.slotIds[0]] }
    const got = await askApi({
      url: open.urlOf(),
      path: `${walkIns}?_method=POST`,
      token,
      headers,
      body,
    })
    expect(got.status).toBe(405)
    expect(await fingerprintRows()).toEqual(before)
  })

  test.each<[string, Ask]>([
    ['a header of 100 kB', { path: '/api/v1/time', headers: { 'x-bomb': 'x'.repeat(100_000) } }],
    [
      'ten thousand cookies',
      { path: '/api/v1/session', headers: { cookie: 'a=b; '.repeat(10_000) } },
    ],
    ['an address of 100 kB', { path: `/api/v1/restaurants?keyword=${'x'.repeat(100_000)}` }],
    ['a token of 10 kB', { path: '/api/v1/reservations', token: 'x.'.repeat(5_000) }],
  ])('%s is refused, and the next is answered', async (_, asked) => {
    // The parser may cut the connection while the rest is still being sent.
    const status = await askApi({ url: open.urlOf(), ...asked }).then(
      (answer) => answer.status,
      () => 400,
    )
    expect([400, 401, 413, 414, 431]).toContain(status)
    expect((await askApi({ url: open.urlOf(), path: '/api/v1/time' })).status).toBe(200)
  })
})

describe('hard case 20: the timer’s secret', () => {
  const sweep = ({ url, authorization }: { url: string; authorization?: string }) =>
    askApi({
      url,
      path: '/api/cron/sweep',
      headers: authorization === undefined ? {} : { authorization },
    })
  const secret = process.env.CRON_SECRET ?? ''

  test.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Bearer undefined',
    `Bearer ${'x'.repeat(28)}`,
    `Bearer ${secret}x`,
    `Bearer ${secret.slice(0, -1)}`,
    secret,
    `Basic ${secret}`,
  ])('forged or absent (%j) there is no such thing', async (authorization) => {
    const answer = await sweep({
      url: open.urlOf(),
      ...(authorization !== undefined && { authorization }),
    })
    expect(nameOutcome(answer)).toBe('404 not-found')
  })

  test('where none is set, no request has it', async () => {
    for (const authorization of ['Bearer ', 'Bearer undefined', 'Bearer null', `Bearer ${secret}`])
      expect(nameOutcome(await sweep({ url: withoutCron.urlOf(), authorization }))).toBe(
        '404 not-found',
      )
  })

  test('control: with it the sweep runs', async () => {
    const answer = await sweep({ url: open.urlOf(), authorization: `Bearer ${secret}` })
    expect(answer.status).toBe(200)
  })
})

describe('hard case 20: a flood of slow connections', () => {
  const sockets: net.Socket[] = []
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy()
  })

  async function flood(count: number, first: string): Promise<void> {
    const { hostname, port } = new URL(open.urlOf())
    await Promise.all(
      Array.from({ length: count }, async () => {
        const socket = net.connect({ host: hostname, port: Number(port) })
        socket.on('error', () => {})
        sockets.push(socket)
        await new Promise((resolve) => socket.once('connect', resolve))
        if (first) socket.write(first)
      }),
    )
  }
  const slowBody = (token: string) =>
    [
      'POST /api/v1/reservations HTTP/1.1',
      'host: 127.0.0.1',
      `authorization: Bearer ${token}`,
      'content-type: application/json',
      'idempotency-key: slow',
      'content-length: 1000',
      '',
      '{',
    ].join('\r\n')

  test.each([
    ['500 that say nothing', () => ''],
    ['500 that never finish their first line', () => 'GET /api/v1/ti'],
    ['500 whose bodies never come', () => slowBody(restaurant.diner.token)],
    ['500 bodies of nobody', () => slowBody('none')],
  ])('%s: others book meanwhile', async (_, first) => {
    await flood(500, first())
    // New ones each time: a diner's reservations must not overlap.
    for (const { token } of [await createPerson(), await createPerson()])
      expect((await bookOver({ url: open.urlOf(), token, scene: restaurant })).status).toBe(201)
    // What sends the mails of those bookings may be between two statements just now.
    const idle = () =>
      database.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'bobjool' AND state LIKE 'idle in%'`,
      )
    await expect.poll(idle).toEqual([])
  })
})
