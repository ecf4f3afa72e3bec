import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { DEMO_PASSWORD } from '@/prisma/factories'
import { type Answer, askApi, countOutcomes, expectProblem, readJson } from '../support/api-client'
import {
  createPerson,
  fingerprintRows,
  type Person,
  signTokenFor,
  useApps,
} from '../support/http-scene'
import { useGateway } from '../support/stack-gateway'

const apps = useApps()
const secure = useApps({ env: { APP_URL: 'https://bobjool.example' } })
const gateway = useGateway()

let diner: Person
beforeEach(async () => {
  await gateway.reset()
  diner = await createPerson({ name: '박손님' })
})

const signIn = (body: { email: string; password: string }, headers: Record<string, string> = {}) =>
  askApi({ url: apps.urlOf(), method: 'POST', path: '/api/v1/session', body, headers })

describe('G19: signing in for a bearer token', () => {
  test('G19: the right password gives a token that works, for thirty days', async () => {
    const answer = await signIn({ email: diner.email, password: DEMO_PASSWORD })
    expect(answer.status).toBe(201)
    expect(answer.headers['cache-control']).toBe('private, no-store')
    const { token, expiresAt, user } = readJson(answer)
    expect(user).toEqual({ id: diner.id, email: diner.email, name: '박손님', role: 'DINER' })
    const days = (Date.parse(String(expiresAt)) - Date.now()) / 86_400_000
    expect(days).toBeCloseTo(30, 1)
    const ask = { url: apps.urlOf(), token: String(token) }
    expect((await askApi({ ...ask, path: '/api/v1/reservations' })).status).toBe(200)
    const session = readJson(await askApi({ ...ask, path: '/api/v1/session' }))
    const known = { id: diner.id, name: '박손님', role: 'DINER', awaitsApproval: false }
    expect(session).toEqual({ user: known })
  })

  test('G19: an address matches in capitals and between spaces', async () => {
    const answer = await signIn({
      email: `  ${diner.email.toUpperCase()} `,
      password: DEMO_PASSWORD,
    })
    expect(answer.status).toBe(201)
  })

  test('G19: a password is taken literally', async () => {
    for (const password of [` ${DEMO_PASSWORD}`, DEMO_PASSWORD.toUpperCase(), `${DEMO_PASSWORD}\0`])
      expect((await signIn({ email: diner.email, password })).status).toBeGreaterThanOrEqual(400)
  })

  test('G19: an unknown address and a wrong password can’t be told apart', async () => {
    const shown = ({ status, text, headers }: Answer) => {
      const { date: _, ...rest } = headers
      return { status, text, headers: rest }
    }
    const before = await fingerprintRows()
    const wrong = await signIn({ email: diner.email, password: 'not-this-one' })
    const unknown = await signIn({
      email: `${randomUUID()}@bobjool.test`,
      password: 'not-this-one',
    })
    expectProblem(wrong, { status: 401, reason: 'wrong-credentials' })
    expect(shown(unknown)).toEqual(shown(wrong))
    expect(await fingerprintRows()).toEqual(before)
  })
})

describe('G20: tries are limited by account', () => {
  /** A busy process puts off what it could not judge in time. */
  const guess = (email: string): Promise<Answer> =>
    signIn({ email, password: 'a-guess' }).then((it) => (it.status === 503 ? guess(email) : it))
  const tryOften = (email: string, count: number) =>
    Promise.all(Array.from({ length: count }, () => guess(email)))

  test('G20: the eleventh wrong try within a minute is told when to try again, even with the right password', async () => {
    const counts = countOutcomes(await tryOften(diner.email, 14))
    expect(counts).toEqual({ '401 wrong-credentials': 10, '429 rate-limited': 4 })
    const right = await signIn({ email: diner.email.toUpperCase(), password: DEMO_PASSWORD })
    expectProblem(right, { status: 429, reason: 'rate-limited' })
    expect(Number(right.headers['retry-after'])).toBeGreaterThanOrEqual(1)
    expect(Number(right.headers['retry-after'])).toBeLessThanOrEqual(120)
    const english = await signIn(
      { email: diner.email, password: DEMO_PASSWORD },
      { 'accept-language': 'en' },
    )
    expectProblem(english, { status: 429, reason: 'rate-limited', language: 'en' })
  })

  test('G20: other accounts still sign in, and existing sessions go on', async () => {
    await tryOften(diner.email, 12)
    const other = await createPerson()
    expect((await signIn({ email: other.email, password: DEMO_PASSWORD })).status).toBe(201)
    const own = await askApi({
      url: apps.urlOf(),
      path: '/api/v1/reservations',
      token: diner.token,
    })
    expect(own.status).toBe(200)
  })

  test('G20: the limit reveals as little about who has an account as the refusal does', async () => {
    const unknown = await tryOften(`${randomUUID()}@bobjool.test`, 14)
    const known = await tryOften(diner.email, 14)
    const shown = (answers: Answer[]) => {
      const bodies = answers.map(({ status, text }) => `${status} ${text.replace(/\d+/g, '#')}`)
      return [...new Set(bodies)].sort()
    }
    expect(shown(unknown)).toEqual(shown(known))
  })

  test('G20: both ways to sign in share one limit', async () => {
    const { csrfToken, cookie } = await readCsrf(apps.urlOf())
    for (let tries = 0; tries < 6; tries++) {
      await tryOften(diner.email, 1)
      await submitSignIn({
        url: apps.urlOf(),
        csrfToken,
        cookie,
        email: diner.email,
        password: 'x',
      })
    }
    const answer = await submitSignIn({
      url: apps.urlOf(),
      csrfToken,
      cookie,
      email: diner.email,
      password: DEMO_PASSWORD,
    })
    expect(answer.text).toContain('error=rate-limited')
    expect(readCookies(answer)['bobjool.session-token']).toBeUndefined()
  })

  test('G20: in a rush, a sign-in that would wait too long is refused at once', async () => {
    const rush = Array.from({ length: 600 }, () =>
      signIn({ email: `${randomUUID()}@bobjool.test`, password: 'a-guess' }),
    )
    const answers = await Promise.all(rush)
    expect(Object.keys(countOutcomes(answers)).sort()).toEqual([
      '401 wrong-credentials',
      '503 busy',
    ])
    const busy = answers.find(({ status }) => status === 503)
    if (!busy) throw new Error('nobody was told that it is busy')
    expectProblem(busy, { status: 503, reason: 'busy' })
    expect(Number(busy.headers['retry-after'])).toBeGreaterThanOrEqual(1)
  })

  test('G20: without an answer from Redis the process limits on its own', async () => {
    await gateway.setFault({ kind: 'error-500' })
    const counts = countOutcomes(await tryOften(diner.email, 14))
    expect(counts).toEqual({ '401 wrong-credentials': 10, '429 rate-limited': 4 })
  })
})

/** The cookies set by an answer: name → everything after it. */
function readCookies(answer: Answer): Record<string, string> {
  const pairs = (answer.headers['set-cookie'] ?? []).map((line): [string, string] => {
    const at = line.indexOf('=')
    return [line.slice(0, at), line.slice(at + 1)]
  })
  return Object.fromEntries(pairs)
}

/** The cookies a browser would send back. */
function sendBack(answer: Answer): string {
  return Object.entries(readCookies(answer))
    .map(([name, value]) => `${name}=${value.split(';')[0]}`)
    .join('; ')
}

async function readCsrf(url: string): Promise<{ csrfToken: string; cookie: string }> {
  const answer = await askApi({ url, path: '/api/auth/csrf' })
  return { csrfToken: String(readJson(answer).csrfToken), cookie: sendBack(answer) }
}

function submitForm({
  url,
  path,
  cookie,
  fields,
}: {
  url: string
  path: string
  cookie: string
  fields: Record<string, string>
}): Promise<Answer> {
  return askApi({
    url,
    method: 'POST',
    path,
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    bytes: new URLSearchParams({ ...fields, json: 'true' }).toString(),
  })
}

function submitSignIn({
  url,
  cookie,
  ...fields
}: { url: string; cookie: string; csrfToken: string; email: string; password: string } & {
  callbackUrl?: string
}): Promise<Answer> {
  return submitForm({ url, path: '/api/auth/callback/credentials', cookie, fields })
}

describe('G19: signing in with a browser', () => {
  test('G19: the form sets a cookie that works on the API, and signing out takes it away', async () => {
    const url = apps.urlOf()
    const { csrfToken, cookie } = await readCsrf(url)
    const form = { url, cookie, csrfToken, email: diner.email, password: DEMO_PASSWORD }
    const signedIn = await submitSignIn(form)
    expect(signedIn.status).toBe(200)
    const session = readCookies(signedIn)['bobjool.session-token'] ?? ''
    expect(session).toMatch(/; HttpOnly/i)
    expect(session).toMatch(/; SameSite=Lax/i)
    expect(session).toMatch(/; Path=\//i)
    expect(session).not.toMatch(/; Domain=/i)
    const both = `${cookie}; bobjool.session-token=${session.split(';')[0]}`
    const own = await askApi({ url, path: '/api/v1/reservations', headers: { cookie: both } })
    expect(own.status).toBe(200)
    const who = await askApi({ url, path: '/api/v1/session', headers: { cookie: both } })
    expect(readJson(who).user).toMatchObject({ id: diner.id })

    const out = { url, path: '/api/auth/signout', cookie: both, fields: { csrfToken } }
    const cleared = readCookies(await submitForm(out))['bobjool.session-token'] ?? 'not cleared'
    expect(cleared).toMatch(/^;/)
    expect(cleared).toMatch(/Max-Age=0|Expires=Thu, 01 Jan 1970/i)
    const stolen = await askApi({ url, path: '/api/v1/reservations', headers: { cookie: both } })
    expectProblem(stolen, { status: 401, reason: 'signed-out' })
  })

  test('G24: our own page signs out by one request, from our own site only', async () => {
    const url = apps.urlOf()
    const cookie = `bobjool.session-token=${diner.token}`
    const leave = (headers: Record<string, string>) =>
      askApi({ url, method: 'DELETE', path: '/api/v1/session', headers })
    const read = () => askApi({ url, path: '/api/v1/reservations', headers: { cookie } })
    expectProblem(await leave({ cookie, origin: 'https://evil.example' }), {
      status: 403,
      reason: 'foreign-origin',
    })
    expect((await read()).status).toBe(200)
    const left = await leave({ cookie, origin: url })
    expect(left.status).toBe(204)
    expect(readCookies(left)['bobjool.session-token']).toMatch(/^;.*Max-Age=0/i)
    expectProblem(await read(), { status: 401, reason: 'signed-out' })
    // Over already, its cookie is still taken away.
    expect((await leave({ cookie, origin: url })).status).toBe(204)
  })

  test('G20: a browser that signed in is known after it signed out, and guesses elsewhere don’t shut it', async () => {
    const url = apps.urlOf()
    const { csrfToken, cookie } = await readCsrf(url)
    const form = { url, csrfToken, email: diner.email, password: DEMO_PASSWORD }
    const signedIn = await submitSignIn({ ...form, cookie })
    const kept = readCookies(signedIn)
    expect(kept['bobjool.device']).toMatch(/; HttpOnly/i)
    const session = kept['bobjool.session-token']?.split(';')[0]
    const out = await submitForm({
      url,
      path: '/api/auth/signout',
      cookie: `${cookie}; bobjool.session-token=${session}`,
      fields: { csrfToken },
    })
    expect(readCookies(out)['bobjool.device']).toBeUndefined()
    for (let tries = 0; tries < 12; tries += 1)
      await signIn({ email: diner.email, password: 'a-guess' })
    const device = kept['bobjool.device']?.split(';')[0] ?? ''
    const enter = async (value: string) =>
      readCookies(await submitSignIn({ ...form, cookie: `${cookie}; bobjool.device=${value}` }))[
        'bobjool.session-token'
      ] !== undefined
    expect(await enter(device)).toBe(true)
    // A busy machine may hear nothing from Redis in time, and lets one in by its own count.
    const isRefused = (value: string) => expect.poll(() => enter(value)).toBe(false)
    // Control: nobody makes one up, and another account's says nothing about this one.
    await isRefused(`${device.slice(0, -3)}AAA`)
    await isRefused('')
    const other = await createPerson()
    const theirs = await submitSignIn({ ...form, cookie, email: other.email })
    await isRefused(readCookies(theirs)['bobjool.device']?.split(';')[0] ?? '')
    // A family shares a browser: it knows both.
    const shared = `${cookie}; bobjool.device=${device}`
    const both = await submitSignIn({ ...form, cookie: shared, email: other.email })
    expect(await enter(readCookies(both)['bobjool.device']?.split(';')[0] ?? '')).toBe(true)
  })

  test('G19: an outdated session in a cookie is renewed; a bearer token stays', async () => {
    const person = await createPerson({ name: '옛이름' })
    await pool.query(`UPDATE accounts SET name = '새이름' WHERE id = $1`, [person.id])
    const ask = (headers: Record<string, string>) =>
      fetch(`${apps.urlOf()}/api/v1/session`, { method: 'PUT', headers })
    const cookie = `bobjool.session-token=${person.token}`
    const renewed = await ask({ cookie, origin: apps.urlOf() })
    expect(renewed.status).toBe(204)
    const [session = ''] = renewed.headers.getSetCookie()
    expect(session).toMatch(/^bobjool\.session-token=.+; HttpOnly/i)
    const headers = { cookie: session.split(';')[0] ?? '' }
    const who = await askApi({ url: apps.urlOf(), path: '/api/v1/session', headers })
    expect(readJson(who).user).toMatchObject({ id: person.id, name: '새이름' })
    const own = await ask({ authorization: `Bearer ${person.token}` })
    expect([own.status, own.headers.getSetCookie()]).toEqual([204, []])
  })

  test('G19: the library’s session endpoint is shut', async () => {
    const { token } = diner
    const answer = await askApi({
      url: apps.urlOf(),
      path: '/api/auth/session',
      headers: { cookie: `bobjool.session-token=${token}` },
    })
    expectProblem(answer, { status: 404, reason: 'not-found' })
  })

  test.each([
    ['a wrong password', 'not-this-one', (email: string) => email],
    ['an unknown address', DEMO_PASSWORD, () => 'nobody@bobjool.test'],
    ['an address that is none', DEMO_PASSWORD, () => '"a@x"@y'],
    ['an address with a line break', DEMO_PASSWORD, (email: string) => `${email}\r\nx: y`],
    ['an endless password', 'x'.repeat(5_000), (email: string) => email],
  ])('G19: %s sets no session and is named by its reason', async (_, password, emailOf) => {
    const url = apps.urlOf()
    const email = emailOf(diner.email)
    const answer = await submitSignIn({ url, ...(await readCsrf(url)), email, password })
    expect(answer.status).toBe(401)
    expect(answer.text).toContain('error=wrong-credentials')
    expect(readCookies(answer)['bobjool.session-token']).toBeUndefined()
  })

  test('G19: without our page’s CSRF token nobody is signed in or out', async () => {
    const url = apps.urlOf()
    const { cookie } = await readCsrf(url)
    const form = { url, email: diner.email, password: DEMO_PASSWORD }
    for (const csrfToken of ['', 'made-up'])
      for (const sent of [cookie, '']) {
        const answer = await submitSignIn({ ...form, csrfToken, cookie: sent })
        expect(readCookies(answer)['bobjool.session-token']).toBeUndefined()
      }
    const session = `${cookie}; bobjool.session-token=${diner.token}`
    const fields = { csrfToken: 'made-up' }
    const out = await submitForm({ url, path: '/api/auth/signout', cookie: session, fields })
    expect(readCookies(out)['bobjool.session-token'] ?? 'kept').not.toMatch(/^;/)
  })

  test.each(['https://evil.example/', '//evil.example', 'javascript:alert(1)', '/\\evil.example'])(
    'G19: signing in leads to no other site: %s',
    async (callbackUrl) => {
      const url = apps.urlOf()
      const form = { url, ...(await readCsrf(url)), email: diner.email, password: DEMO_PASSWORD }
      const answer = await submitSignIn({ ...form, callbackUrl })
      const target = new URL(String(readJson(answer).url), url)
      expect(target.origin).toBe(url)
    },
  )

  test('G19: over https only a Secure cookie is set and accepted', async () => {
    const url = secure.urlOf()
    const form = { url, ...(await readCsrf(url)), email: diner.email, password: DEMO_PASSWORD }
    const cookies = readCookies(await submitSignIn(form))
    expect(cookies['bobjool.session-token']).toBeUndefined()
    expect(cookies['__Host-bobjool.session-token']).toMatch(/; Secure/i)
    const plain = { cookie: `bobjool.session-token=${diner.token}` }
    const answer = await askApi({ url, path: '/api/v1/reservations', headers: plain })
    expectProblem(answer, { status: 401, reason: 'signed-out' })
  })

  test('G24: a deployment signs nobody out: the cookie of before is read, with a token of before only', async () => {
    const url = secure.urlOf()
    const ask = (headers: Record<string, string>) =>
      askApi({ url, path: '/api/v1/reservations', headers })
    const former = await signTokenFor(diner)
    const cookie = `__Secure-bobjool.session-token=${former}`
    expect((await ask({ cookie })).status).toBe(200)
    const newer = `__Secure-bobjool.session-token=${diner.token}`
    expectProblem(await ask({ cookie: newer }), { status: 401, reason: 'signed-out' })
    expect((await ask({ cookie: `__Host-bobjool.session-token=${diner.token}` })).status).toBe(200)
    // Renewed, it goes on under its new name, and signing out takes both away.
    const headers = { cookie, origin: 'https://bobjool.example' }
    const renewed = readCookies(
      await askApi({ url, method: 'PUT', path: '/api/v1/session', headers }),
    )
    expect(renewed['__Secure-bobjool.session-token']).toMatch(/^;.*Max-Age=0/i)
    const next = renewed['__Host-bobjool.session-token']?.split(';')[0] ?? ''
    expect((await ask({ cookie: `__Host-bobjool.session-token=${next}` })).status).toBe(200)
    const left = readCookies(
      await askApi({ url, method: 'DELETE', path: '/api/v1/session', headers }),
    )
    expect(Object.keys(left).sort()).toEqual([
      '__Host-bobjool.session-token',
      '__Secure-bobjool.session-token',
    ])
  })
})
