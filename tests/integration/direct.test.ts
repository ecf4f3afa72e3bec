import { randomUUID } from 'node:crypto'
import type { ClientRequest } from 'node:http'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Ask, askApi } from '../support/api-client'
import { DIRECT } from '../support/direct-operations'
import { bookOver, createPerson, setUpRestaurant, useApps } from '../support/http-scene'
import { createOpening } from '../support/opening-scene'

const front = useApps({ smtpUrl: null })
const framework = useApps({ smtpUrl: null, env: { SERVE_DIRECTLY: 'false' } })

/** The framework sends what a handler answers in chunks, and tells no length. */
const isDirect = ({ headers, status }: Answer) =>
  status === 304 ? !('transfer-encoding' in headers) : 'content-length' in headers

const KEPT = [
  ...['cache-control', 'content-language', 'content-type', 'etag'],
  ...['content-security-policy', 'permissions-policy', 'referrer-policy', 'retry-after'],
  ...['strict-transport-security', 'x-content-type-options', 'x-frame-options', 'set-cookie'],
]

/** What differs from one answer to the next of the same process, too. */
const INSTANTS = /"(asOf|at|now)":"[^"]+"|"incident":"[^"]+"|"pollAfterMs":\d+/g

function tell({ status, headers, text }: Answer) {
  const kept = KEPT.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]]))
  return { status, headers: Object.fromEntries(kept), text: text.replaceAll(INSTANTS, '') }
}

let scene: Awaited<ReturnType<typeof setUpRestaurant>>
let openingId: string
let places: Record<string, string>
beforeAll(async () => {
  scene = await setUpRestaurant({ tables: Array.from({ length: 30 }, () => ({ maxParty: 4 })) })
  openingId = (await createOpening()).openingId
  places = { restaurants: scene.restaurantId, openings: openingId }
  // The framework serves the first of each, and by it has loaded the route.
  for (const operation of DIRECT) {
    const [method = '', path = ''] = operation.split(' ')
    await askApi({ url: front.urlOf(), method, path: path.replace('{id}', randomUUID()) })
  }
})

const fill = (path: string) =>
  path.replace(/(restaurants|openings)\/\{id\}/, (_, kind: string) => `${kind}/${places[kind]}`)

async function askBoth(asked: Ask) {
  return {
    direct: await askApi({ url: front.urlOf(), ...asked }),
    usual: await askApi({ url: framework.urlOf(), ...asked }),
  }
}

async function expectSame(asked: Ask, { directly = true } = {}): Promise<Answer> {
  const { direct, usual } = await askBoth(asked)
  const isPacked = [direct, usual].some(({ headers }) => 'content-encoding' in headers)
  const told = [tell(direct), tell(usual)].map((one) => (isPacked ? { ...one, text: '' } : one))
  expect(told[0]).toEqual(told[1])
  if (directly) {
    expect(isDirect(direct), 'served in front of the framework').toBe(true)
    expect(isDirect(usual) && usual.headers.etag === undefined, 'control').toBe(false)
  }
  return direct
}

const json = { 'content-type': 'application/json' }
const keyed = (token?: string): Partial<Ask> => ({
  ...(token !== undefined && { token }),
  headers: { ...json, 'idempotency-key': randomUUID() },
})

describe.each(DIRECT)('%s', (operation) => {
  const [method = '', template = ''] = operation.split(' ')
  const isRead = method === 'GET'

  test('as the framework serves it: found, not found, and by nobody', async () => {
    const token = scene.owner.token
    await expectSame({ method, path: fill(template), token, ...(isRead ? {} : keyed(token)) })
    await expectSame({ method, path: fill(template) })
    await expectSame({ method, path: template.replace('{id}', randomUUID()), token })
    await expectSame({ method, path: template.replace('{id}', 'no-such-thing'), token })
    await expectSame({
      method,
      path: fill(template),
      headers: { authorization: 'Bearer nonsense' },
    })
    await expectSame({ method, path: fill(template), token, headers: { 'accept-language': 'en' } })
  })

  test('what is not plain stays the framework’s', async () => {
    const path = fill(template)
    const escaped = template.replace('{id}', 'a%41b')
    const odd: Ask[] = [
      { method, path: `${path}/` },
      { method, path: path.replace('/api', '//api') },
      ...(template.includes('{id}') ? [{ method, path: escaped }] : []),
      { method: 'OPTIONS', path },
      { method: 'DELETE', path },
      { method, path, headers: { rsc: '1' } },
    ]
    for (const asked of odd) await expectSame(asked, { directly: false })
  })

  test.runIf(isRead)('a query, a tag and a coding', async () => {
    const token = scene.owner.token
    const path = fill(template)
    await expectSame({ path: `${path}?nobody=asked`, token })
    const date = `${path}?date=${scene.serviceDate}`
    await expectSame({ path: date, token })
    await expectSame({ path: `${path}?date=%00`, token })
    for (const coding of ['gzip', 'br', 'gzip, br', 'identity', 'gzip;q=0'])
      await expectSame({ path: date, token, headers: { 'accept-encoding': coding } })
    const { headers } = await askApi({ url: front.urlOf(), path, token })
    const tag = headers.etag
    if (tag !== undefined) {
      const { direct } = await askBoth({ path, token, headers: { 'if-none-match': tag } })
      expect([200, 304]).toContain(direct.status)
    }
    await expectSame({ method: 'HEAD', path, token }, { directly: false })
  })

  test.runIf(!isRead)('a body that is hostile, too long or of another kind', async () => {
    const { token } = scene.diner
    const path = fill(template)
    const bodies: Partial<Ask>[] = [
      { bytes: '{"partySize":' },
      { bytes: '[]' },
      { bytes: '{"__proto__":1}' },
      { bytes: JSON.stringify({ note: 'a\u0000b' }) },
      { bytes: JSON.stringify({ note: '밥'.repeat(20_000) }) },
      { bytes: '' },
      { bytes: 'a=b', headers: { ...keyed().headers, 'content-type': 'text/plain' } },
    ]
    for (const body of bodies) await expectSame({ method, path, ...keyed(token), ...body })
    const multipart = { ...keyed().headers, 'content-type': 'multipart/form-data; boundary=a' }
    await expectSame(
      { method, path, token, headers: multipart, bytes: '--a--' },
      { directly: false },
    )
    const foreign = { ...keyed().headers, origin: 'https://other.example', cookie: 'a=b' }
    await expectSame({ method, path, headers: foreign, bytes: '{}' })
  })
})

test.each([
  ['gzip', 'gzip'],
  ['br', 'br'],
  ['gzip, br', 'br'],
  ['identity', undefined],
])('a board asked for as %s is sent as %s, and a staff’s day like it', async (accepted, coding) => {
  const headers = { 'accept-encoding': accepted }
  const path = `/api/v1/restaurants/${scene.restaurantId}`
  const date = `date=${scene.serviceDate}`
  const board = await askApi({ url: front.urlOf(), path: `${path}/board?${date}`, headers })
  expect([board.status, board.headers['content-encoding']]).toEqual([200, coding])
  const day = await askApi({
    ...{ url: front.urlOf(), path: `${path}/day?${date}`, headers, token: scene.owner.token },
  })
  const packed = accepted.includes('gzip') ? 'gzip' : undefined
  expect([day.status, day.headers['content-encoding']]).toEqual([200, packed])
  expect([board.headers.vary, day.headers.vary]).toEqual(['Accept-Encoding', 'Accept-Encoding'])
})

test('a booking is the same served either way, and so is the answer to its repetition', async () => {
  const { token } = await createPerson()
  const [key, other] = [randomUUID(), randomUUID()]
  const booked = await bookOver({ url: front.urlOf(), token, scene, key })
  expect([booked.status, isDirect(booked)]).toEqual([201, true])
  const again = await bookOver({ url: framework.urlOf(), token, scene, key, attempt: 2 })
  expect(tell(again)).toEqual(tell(booked))
  const refused = await bookOver({ url: front.urlOf(), token, scene, key: other })
  expect(tell(refused)).toEqual(
    tell(await bookOver({ url: framework.urlOf(), token, scene, key: other })),
  )
})

/** Sends so many bytes without having told how many, however long the other end takes them. */
const pour = (bytes: number) => (request: ClientRequest) => {
  const chunk = Buffer.alloc(64 * 1024, 'x')
  let left = bytes
  const more = () => {
    while (left > 0 && !request.destroyed) {
      left -= chunk.length
      if (!request.write(chunk)) return void request.once('drain', more)
    }
    request.end()
  }
  more()
}

test('a body that is refused while it is sent is read on, so that its sender hears the answer, but not for ever', async () => {
  const { token } = scene.diner
  const asked = { url: front.urlOf(), path: '/api/v1/reservations', method: 'POST', token }
  const headers = { ...json, 'idempotency-key': randomUUID() }
  const refused = await askApi({ ...asked, headers, write: pour(2_000_000) })
  expect([refused.status, isDirect(refused)]).toEqual([413, true])
  // Whether its answer comes before the connection ends is chance.
  const endless = await askApi({ ...asked, headers, write: pour(200_000_000) }).catch(() => null)
  expect(endless?.status ?? 413).toBe(413)
  expect((await askApi({ ...asked, ...keyed(token), body: {} })).status).toBe(422)
})
