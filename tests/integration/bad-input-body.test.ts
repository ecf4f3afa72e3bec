import type { ClientRequest } from 'node:http'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Reason } from '@/lib/problems/problem'
import { type Ask, askApi, expectProblem } from '../support/api-client'
import { requestFor } from '../support/booking-scene'
import { fingerprintRows, setUpRestaurant, useApps } from '../support/http-scene'

const apps = useApps()
const JSON_TYPE = { 'content-type': 'application/json' }
const KEY = { 'idempotency-key': 'a-key' }
const BOOKING = { method: 'POST', path: '/api/v1/reservations' }

let restaurant: Awaited<ReturnType<typeof setUpRestaurant>>
beforeAll(async () => {
  restaurant = await setUpRestaurant()
})

/** Asks in Korean and in English, and checks whether anything was written. */
async function expectRefusal(
  ask: Omit<Ask, 'path'>,
  expected: { status: number; reason: Reason },
): Promise<Record<string, unknown>> {
  const before = await fingerprintRows()
  const asked = {
    url: apps.urlOf(),
    ...BOOKING,
    token: restaurant.diner.token,
    ...ask,
  }
  const problem = expectProblem(await askApi(asked), expected)
  const headers = { ...ask.headers, 'accept-language': 'en' }
  expectProblem(await askApi({ ...asked, headers }), { ...expected, language: 'en' })
  expect(await fingerprintRows()).toEqual(before)
  return problem
}

/** The body of a good booking, with one field replaced by raw JSON. */
function writeWith(field: string, json: string): string {
  const good = Object.entries(requestFor(restaurant)).filter(([name]) => name !== field)
  const fields = good.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
  return `{${[...fields, `${JSON.stringify(field)}:${json}`].join(',')}}`
}

const ID = '00000000-0000-4000-8000-000000000000'

describe('G18, hard case 19: a field that is not what it should be', () => {
  test.each([
    ...['0', '-1', '-0', '1.5', '1e309', '-1e309', '2147483648', '9007199254740993', '"2"', '""'],
    ...['[2]', '[]', '{}', '{"valueOf":2}', 'null', 'true', '"1e309"', '"２"'],
  ])('G18: partySize %s is invalid', async (json) => {
    const bytes = writeWith('partySize', json)
    const problem = await expectRefusal(
      { headers: { ...JSON_TYPE, ...KEY }, bytes },
      { status: 422, reason: 'invalid' },
    )
    expect(problem.fields).toEqual(
      expect.arrayContaining([expect.objectContaining({ field: 'partySize' })]),
    )
  })

  test.each([
    ['restaurantId', '"friday"'],
    ['restaurantId', '"\' OR 1=1 --"'],
    ['restaurantId', `["${ID}"]`],
    ['restaurantId', 'null'],
    ['serviceDate', '"2026-02-30"'],
    ['serviceDate', '"2026-13-01"'],
    ['serviceDate', '"2026-2-3"'],
    ['serviceDate', '"0000-01-01"'],
    ['serviceDate', '"9999-12-31"'],
    ['serviceDate', '"infinity"'],
    ['serviceDate', '"today"'],
    ['serviceDate', '20261122'],
    ['startsAt', '"2026-02-30T10:00:00Z"'],
    ['startsAt', '"2026-11-22T25:00:00Z"'],
    ['startsAt', '"2026-11-22T10:00:00"'],
    ['startsAt', '"2026-11-22 10:00:00Z"'],
    ['startsAt', '"0000-01-01T00:00:00Z"'],
    ['startsAt', '"9999-12-31T23:59:59Z"'],
    ['startsAt', '"1969-12-31T23:59:59Z"'],
    ['startsAt', '"2026-11-22T10:00:00+24:00"'],
    ['startsAt', '"infinity"'],
    ['startsAt', '"now"'],
    ['startsAt', '1763800000'],
    ['startsAt', '{"$gt":""}'],
    ['slotId', '"1"'],
    ['slotId', 'null'],
    ['note', '42'],
    ['note', '["hello"]'],
    ['note', '"\\u0000"'],
    ['note', '"window\\u0000seat"'],
    ['note', '"bell\\u0007"'],
    ['note', '"\\u001b[2J"'],
    ['note', JSON.stringify('가'.repeat(501))],
  ])('G18: %s %s is invalid', async (field, json) => {
    const problem = await expectRefusal(
      { headers: { ...JSON_TYPE, ...KEY }, bytes: writeWith(field, json) },
      { status: 422, reason: 'invalid' },
    )
    expect(JSON.stringify(problem.fields)).toContain(field === 'note' ? '' : field)
  })

  test.each(['partySize', 'restaurantId', 'serviceDate', 'startsAt'])(
    'G18: without %s it is invalid',
    async (field) => {
      const body = Object.fromEntries(
        Object.entries(requestFor(restaurant)).filter(([name]) => name !== field),
      )
      await expectRefusal({ headers: KEY, body }, { status: 422, reason: 'invalid' })
    },
  )

  test.each([
    ['__proto__', '{"partySize":2}'],
    ['constructor', '{"prototype":{"isAdmin":true}}'],
    ['toString', '"2"'],
    ['dinerId', `"${ID}"`],
    ['status', '"CONFIRMED"'],
    ['role', '"ADMIN"'],
    ['', '1'],
  ])('G18: a field named "%s", which nobody asked for, is invalid', async (field, json) => {
    const problem = await expectRefusal(
      { headers: { ...JSON_TYPE, ...KEY }, bytes: writeWith(field, json) },
      { status: 422, reason: 'invalid' },
    )
    expect(JSON.stringify(problem.fields)).toContain(field)
  })
})

describe('G18, hard case 19: a body that is not JSON', () => {
  test.each<[name: string, bytes: string | Buffer, status: number, reason: Reason]>([
    ['nothing', '', 400, 'invalid-json'],
    ['half of an object', '{"partySize":2', 400, 'invalid-json'],
    ['a form', 'partySize=2', 400, 'invalid-json'],
    ['XML', '<?xml version="1.0"?><a/>', 400, 'invalid-json'],
    ['a comment', '{/* two */"partySize":2}', 400, 'invalid-json'],
    ['NaN', '{"partySize":NaN}', 400, 'invalid-json'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0xd8]), 400, 'invalid-json'],
    ['something packed', Buffer.from([0x1f, 0x8b, 0x08, 0x00]), 400, 'invalid-json'],
    ['an array', '[]', 422, 'invalid'],
    ['a list of bookings', '[{"partySize":2}]', 422, 'invalid'],
    ['a text', '"book"', 422, 'invalid'],
    ['a number', '2', 422, 'invalid'],
    ['null', 'null', 422, 'invalid'],
    ['an empty object', '{}', 422, 'invalid'],
  ])('G18: %s', async (_, bytes, status, reason) => {
    await expectRefusal({ headers: { ...JSON_TYPE, ...KEY }, bytes }, { status, reason })
  })

  test.each([
    ['arrays', 100, '[', ']'],
    ['arrays', 8_000, '[', ']'],
    ['objects', 100, '{"a":', '}'],
    ['objects', 2_700, '{"a":', '}'],
  ])('G18: %s in %s of their kind', async (_, depth, open, close) => {
    const bytes = `${open.repeat(depth)}1${close.repeat(depth)}`
    const ask = { headers: { ...JSON_TYPE, ...KEY }, bytes }
    const { status } = await askApi({
      url: apps.urlOf(),
      ...ask,
      ...BOOKING,
      token: restaurant.diner.token,
    })
    // How deep a parser goes before it gives up is not ours to say.
    const reason = status === 400 ? 'invalid-json' : 'invalid'
    await expectRefusal(ask, { status: status === 400 ? 400 : 422, reason })
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'application/json-patch+json',
    'text/json',
    '',
  ])('G18: content type "%s" is refused before anything is read', async (type) => {
    const bytes = JSON.stringify(requestFor(restaurant))
    const headers = { ...KEY, 'content-type': type }
    await expectRefusal({ headers, bytes }, { status: 415, reason: 'not-json' })
  })
})

const CHUNK = Buffer.alloc(64 * 1024, ' ')
const TEN_MEGABYTES = 10 * 1024 * 1024

/** Ten megabytes of spaces in chunks, for as long as the server reads. */
function pour(request: ClientRequest): void {
  let left = TEN_MEGABYTES
  const pourMore = () => {
    while (left > 0 && !request.destroyed) {
      left -= CHUNK.length
      if (!request.write(CHUNK)) return void request.once('drain', pourMore)
    }
    request.end()
  }
  pourMore()
}

describe('G18, hard case 19: too much of it', () => {
  test('G18: a body of 10 MB is refused by its declared length, before it arrives', async () => {
    const headers = { ...JSON_TYPE, ...KEY, 'content-length': String(TEN_MEGABYTES) }
    const write = (request: ClientRequest) => {
      request.once('response', (response) => response.once('end', () => request.destroy()))
      request.flushHeaders()
    }
    await expectRefusal({ headers, write }, { status: 413, reason: 'too-large' })
  })

  test('G18: a body of 10 MB that declares no length is refused while it arrives', async () => {
    const headers = { ...JSON_TYPE, ...KEY, 'transfer-encoding': 'chunked' }
    await expectRefusal({ headers, write: pour }, { status: 413, reason: 'too-large' })
  })

  test('G18: one byte more than 16 KiB is too large, 16 KiB are not', async () => {
    const headers = { ...JSON_TYPE, ...KEY }
    const fill = (bytes: number) => `${' '.repeat(bytes - 2)}{}`
    await expectRefusal({ headers, bytes: fill(16_385) }, { status: 413, reason: 'too-large' })
    await expectRefusal({ headers, bytes: fill(16_384) }, { status: 422, reason: 'invalid' })
  })
})

describe('G4: the key of a booking', () => {
  test.each<[name: string, headers: Record<string, string | string[]>]>([
    ['missing', {}],
    ['empty', { 'idempotency-key': '' }],
    ['longer than 200', { 'idempotency-key': 'k'.repeat(201) }],
    ['with a space', { 'idempotency-key': 'two words' }],
    ['not ASCII', { 'idempotency-key': '\u00e9t\u00e9' }],
    ['given twice', { 'idempotency-key': ['one', 'two'] }],
  ])('G4: %s is invalid', async (_, headers) => {
    const problem = await expectRefusal(
      { headers, body: requestFor(restaurant) },
      { status: 422, reason: 'invalid' },
    )
    expect(problem.fields).toMatchObject([{ field: 'Idempotency-Key' }])
  })

  test.each(['0', '-1', 'NaN', '1e309', '2,3', '9'.repeat(400), '__proto__'])(
    'G4: an attempt "%s" counts as the first and the request is judged as any other',
    async (attempt) => {
      const headers = { ...KEY, 'idempotency-attempt': attempt }
      const body = requestFor(restaurant, { partySize: 99 })
      await expectRefusal({ headers, body }, { status: 422, reason: 'party-size' })
    },
  )
})

describe('G18: other bodies of the API', () => {
  test.each<[path: string, body: unknown]>([
    ['/api/v1/session', { email: 'not an address', password: 'x' }],
    ['/api/v1/session', { email: '"a@x"@y', password: 'x' }],
    ['/api/v1/session', { email: ['a@b.kr'], password: 'x' }],
    ['/api/v1/session', { email: 'a@b.kr', password: '' }],
    ['/api/v1/session', { email: 'a@b.kr', password: 'x'.repeat(201) }],
    ['/api/v1/session', { email: 'a@b.kr', password: { $ne: null } }],
    ['/api/v1/session', { email: 'a@b.kr', password: 'x', role: 'ADMIN' }],
    ['/api/v1/session', { email: 'a\u0000@b.kr', password: 'x' }],
    ['/api/v1/session', { email: 'a@b.kr\r\nBcc: c@d.kr', password: 'x' }],
    ['/api/v1/undo', { actId: 'last' }],
    ['/api/v1/undo', {}],
    ['/api/v1/undo', { actId: ID, force: true }],
  ])('G18: POST %s with %j is invalid', async (path, body) => {
    const before = await fingerprintRows()
    const answer = await askApi({
      url: apps.urlOf(),
      method: 'POST',
      path,
      token: restaurant.diner.token,
      body,
    })
    expectProblem(answer, { status: 422, reason: 'invalid' })
    expect(await fingerprintRows()).toEqual(before)
  })

  test.each<[body: unknown]>([
    [{ partySize: 0, slotIds: [ID] }],
    [{ partySize: 101, slotIds: [ID] }],
    [{ partySize: '2', slotIds: [ID] }],
    [{ partySize: 2, slotIds: [] }],
    [{ partySize: 2, slotIds: ID }],
    [{ partySize: 2, slotIds: [ID, ID] }],
    [{ partySize: 2, slotIds: ['A1'] }],
    [{ partySize: 2, slotIds: Array.from({ length: 21 }, (_, index) => ID.slice(2) + index) }],
    [{ partySize: 2, slotIds: [ID], note: 'a\u0000b' }],
    [{ partySize: 2, slotIds: [ID], status: 'LEFT' }],
  ])('G18: a walk-in of %j is invalid', async (body) => {
    const before = await fingerprintRows()
    const answer = await askApi({
      url: apps.urlOf(),
      method: 'POST',
      path: `/api/v1/restaurants/${restaurant.restaurantId}/walk-ins`,
      token: restaurant.owner.token,
      body,
    })
    expectProblem(answer, { status: 422, reason: 'invalid' })
    expect(await fingerprintRows()).toEqual(before)
  })
})
