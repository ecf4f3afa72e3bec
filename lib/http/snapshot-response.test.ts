import { createServer, get } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPackedBody } from './packed-body'
import { followResponses } from './raw-response'
import { createSnapshots } from './snapshot'
import { isKnownTag, sharedResponse, snapshotResponse } from './snapshot-response'

const BODY = JSON.stringify({ tables: Array.from({ length: 200 }, (_, n) => `table ${n}`) })
const ask = (headers: Record<string, string> = {}) => new Request('http://x/', { headers })

describe('a tag that a client has', () => {
  it.each([
    ['W/"a"', true],
    ['"a"', true],
    ['"b", W/"a"', true],
    ['*', true],
    ['"ab"', false],
    ['a', false],
    ['', false],
  ])('%s: %s', (known, isSame) => {
    expect(isKnownTag({ request: ask({ 'if-none-match': known }), etag: 'W/"a"' })).toBe(isSame)
  })

  it('is none where there is no header', () => {
    expect(isKnownTag({ request: ask(), etag: 'W/"a"' })).toBe(false)
  })
})

it('a value read for one request has a weak tag too, since it may be packed on its way', async () => {
  const answer = await sharedResponse({ request: ask(), value: { a: 1 } })
  expect(answer.headers.get('etag')).toMatch(/^W\/"/)
})

it('goes as it is where there is no response to say the coding on', async () => {
  const snapshot = { packed: createPackedBody(BODY), etag: 'W/"a"' }
  const answer = await snapshotResponse({ request: ask({ 'accept-encoding': 'br' }), snapshot })
  expect(answer.headers.get('content-encoding')).toBeNull()
  expect(await answer.text()).toBe(BODY)
})

/** Passes on what Next passes on: not the two headers that say how a body is packed. */
const server = createServer(async (request, response) => {
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  )
  const snapshot = await snapshots.get('board')
  const answer = await snapshotResponse({
    request: new Request('http://x/', { headers }),
    snapshot,
  })
  response.statusCode = answer.status
  for (const [name, value] of answer.headers) {
    if (name !== 'content-length' && name !== 'content-encoding') response.setHeader(name, value)
  }
  response.end(request.method === 'HEAD' ? undefined : Buffer.from(await answer.arrayBuffer()))
})
let now = { ms: 0 }
let snapshots = createSnapshots({
  of: 'test',
  build: async () => ({ data: 1, content: 1, body: BODY }),
})
let port = 0

beforeAll(async () => {
  followResponses()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  now = { ms: 0 }
  const build = async () => ({ data: 1, content: 1, body: `${BODY}${now.ms}` })
  snapshots = createSnapshots({ of: 'test', build, nowMs: () => now.ms })
})

function read(headers: Record<string, string>, method = 'GET') {
  return new Promise<{ headers: NodeJS.Dict<string | string[]>; status: number; bytes: Buffer }>(
    (resolve, reject) => {
      const asked = get({ port, host: '127.0.0.1', headers, method }, (response) => {
        buffer(response).then((bytes) => {
          resolve({ headers: response.headers, status: response.statusCode ?? 0, bytes })
        }, reject)
      })
      asked.on('error', reject)
    },
  )
}

describe('a snapshot over a connection', () => {
  it.each([
    ['br', (bytes: Buffer) => brotliDecompressSync(bytes)],
    ['gzip', (bytes: Buffer) => gunzipSync(bytes)],
  ])('arrives as %s, under the same tag and with its length', async (coding, unpack) => {
    const plain = await read({})
    const packed = await read({ 'accept-encoding': coding })
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(packed.headers['content-encoding']).toBe(coding)
    expect(unpack(packed.bytes)).toEqual(plain.bytes)
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 2)
    expect(packed.headers['content-length']).toBe(String(packed.bytes.length))
    for (const name of ['etag', 'vary', 'cache-control', 'content-type'])
      expect(packed.headers[name], name).toBe(plain.headers[name])
    expect(plain.headers.vary).toBe('Accept-Encoding')
  })

  it('a client that has it gets 304, whichever coding it has it in, and no coding is said', async () => {
    const { headers } = await read({ 'accept-encoding': 'br' })
    for (const coding of ['br', 'gzip', 'identity']) {
      const again = await read({ 'accept-encoding': coding, 'if-none-match': String(headers.etag) })
      expect([again.status, again.bytes.length]).toEqual([304, 0])
      expect(again.headers['content-encoding']).toBeUndefined()
      expect(again.headers.vary).toBe('Accept-Encoding')
    }
  })

  it('HEAD says what GET would', async () => {
    const whole = await read({ 'accept-encoding': 'br' })
    const head = await read({ 'accept-encoding': 'br' }, 'HEAD')
    expect(head.bytes).toHaveLength(0)
    for (const name of ['content-encoding', 'content-length', 'etag', 'vary'])
      expect(head.headers[name], name).toBe(whole.headers[name])
  })

  it('is not one of another connection’s answer', async () => {
    const codings = ['br', 'gzip', 'identity']
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        read({ 'accept-encoding': codings[index % 3] ?? '' }),
      ),
    )
    for (const [index, { headers }] of answers.entries())
      expect(headers['content-encoding'] ?? 'identity').toBe(codings[index % 3])
  })

  it('is the new one after a second', async () => {
    const first = await read({ 'accept-encoding': 'br' })
    now.ms = 2_000
    const second = await read({ 'accept-encoding': 'br' })
    expect(brotliDecompressSync(first.bytes).toString()).toBe(`${BODY}0`)
    expect(brotliDecompressSync(second.bytes).toString()).toBe(`${BODY}2000`)
  })
})
