import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { type Front, startFront } from '@/local/front'
import { SharedCache } from '@/local/front/cache'

type Handler = (request: IncomingMessage, response: ServerResponse) => void
const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function startOrigin(handle: Handler): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer(handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const stop = async () => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  stops.push(stop)
  return { url: `http://127.0.0.1:${typeof address === 'object' && address?.port}`, stop }
}

async function frontOf(...origins: { url: string }[]): Promise<Front> {
  const front = await startFront({ origins: origins.map(({ url }) => url) })
  stops.push(front.stop)
  return front
}

/** Fresh for a minute, so that no test depends on how fast it runs. */
const PUBLIC = 'public, max-age=0, s-maxage=60, stale-while-revalidate=1'
const BRIEFLY = 'public, max-age=0, s-maxage=1, stale-while-revalidate=1'

/** Counts the requests that reach it; every answer says which one it was. */
async function countingOrigin(headers: Record<string, string>, slowMs = 0) {
  const asked: IncomingMessage[] = []
  const origin = await startOrigin((request, response) => {
    asked.push(request)
    const body = `answer ${asked.length}`
    setTimeout(() => response.writeHead(200, headers).end(body), slowMs)
  })
  return { ...origin, asked }
}
const read = async (url: string, init?: RequestInit) => (await fetch(url, init)).text()

describe('the front that stands in for the edge', () => {
  test('a hundred simultaneous reads cause one request', async () => {
    const origin = await countingOrigin({ 'cache-control': PUBLIC }, 30)
    const { url, readCounts } = await frontOf(origin)
    const seen = await Promise.all(Array.from({ length: 100 }, () => read(`${url}/snapshot`)))
    expect(new Set(seen)).toEqual(new Set(['answer 1']))
    expect(origin.asked).toHaveLength(1)
    expect(readCounts()).toMatchObject({ fromCache: 99, fromOrigin: 1 })
  })

  test('path and query together are the key', async () => {
    const origin = await countingOrigin({ 'cache-control': PUBLIC })
    const { url } = await frontOf(origin)
    const seen = [
      ...[await read(`${url}/board?date=1`), await read(`${url}/board?date=2`)],
      ...[await read(`${url}/other?date=1`), await read(`${url}/board?date=1`)],
    ]
    expect(seen).toEqual(['answer 1', 'answer 2', 'answer 3', 'answer 1'])
  })

  test.each([
    ['private', { 'cache-control': 'private, no-store' }],
    ['without a word', {}],
    ['with a cookie', { 'cache-control': PUBLIC, 'set-cookie': 'session=1' }],
    ['for browsers only', { 'cache-control': 'public, max-age=60' }],
  ])(
    'an answer %s is kept for nobody, not even for those who wait with its asker',
    async (_, headers) => {
      const origin = await countingOrigin(headers, 20)
      const { url } = await frontOf(origin)
      const seen = await Promise.all([1, 2, 3].map(() => read(`${url}/own`)))
      expect(new Set([...seen, await read(`${url}/own`)]).size).toBe(4)
    },
  )

  test.each([
    ['authorization', 'Bearer x'],
    ['cookie', 'session=1'],
  ])('who says by %s who asks is answered by a process', async (name, value) => {
    const origin = await countingOrigin({ 'cache-control': PUBLIC })
    const { url } = await frontOf(origin)
    await read(`${url}/snapshot`)
    expect(await read(`${url}/snapshot`, { headers: { [name]: value } })).toBe('answer 2')
    expect(origin.asked[1]?.headers[name]).toBe(value)
    expect(await read(`${url}/snapshot`)).toBe('answer 1')
  })

  test('a client that has it gets 304 without the bytes, and the process is always asked for the whole', async () => {
    const origin = await countingOrigin({ 'cache-control': PUBLIC, etag: 'W/"one"' })
    const { url, readCounts } = await frontOf(origin)
    const headers = { 'if-none-match': 'W/"one"' }
    const first = await fetch(`${url}/snapshot`, { headers })
    const again = await fetch(`${url}/snapshot`, { headers })
    const other = await fetch(`${url}/snapshot`, { headers: { 'if-none-match': 'W/"two"' } })
    expect([first.status, again.status, other.status]).toEqual([304, 304, 200])
    expect(await other.text()).toBe('answer 1')
    expect(origin.asked).toHaveLength(1)
    expect(origin.asked[0]?.headers['if-none-match']).toBeUndefined()
    expect(readCounts().unchanged).toBe(1)
  })

  test('a refusal is passed on and not cached', async () => {
    let asked = 0
    const origin = await startOrigin((_, response) => {
      asked += 1
      response.writeHead(503, { 'retry-after': '2', 'cache-control': PUBLIC }).end()
    })
    const { url } = await frontOf(origin)
    const answers = [await fetch(`${url}/snapshot`), await fetch(`${url}/snapshot`)]
    expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
      [503, '2'],
      [503, '2'],
    ])
    expect(asked).toBe(2)
  })

  test('processes take turns; one that refuses connections is left out, and comes back', async () => {
    const one = await countingOrigin({ 'cache-control': 'no-store' })
    const two = await countingOrigin({ 'cache-control': 'no-store' })
    const front = await frontOf(one, two)
    for (let count = 0; count < 10; count += 1) await read(`${front.url}/`)
    expect([one.asked.length, two.asked.length]).toEqual([5, 5])
    await one.stop()
    for (let count = 0; count < 10; count += 1)
      expect((await fetch(`${front.url}/`, { method: 'POST', body: 'x' })).status).toBe(200)
    expect(two.asked).toHaveLength(15)
    const three = await countingOrigin({ 'cache-control': 'no-store' })
    front.setOrigins([two.url, three.url])
    for (let count = 0; count < 4; count += 1) await read(`${front.url}/`)
    expect(three.asked.length).toBeGreaterThan(0)
  })

  test('a write that a dying process may have made is not repeated: 503 with Retry-After', async () => {
    const dying = await startOrigin((request) => void request.socket.destroy())
    const other = await countingOrigin({ 'cache-control': 'no-store' })
    const front = await frontOf(dying, other)
    const posts = await Promise.all(
      [1, 2].map(() => fetch(`${front.url}/`, { method: 'POST', body: 'x' })),
    )
    const answers = posts.map(({ status, headers }) => `${status} ${headers.get('retry-after')}`)
    expect(answers.sort()).toEqual(['200 null', '503 1'])
    expect(other.asked).toHaveLength(1)
    // A read changes nothing, so the next process is asked.
    expect((await fetch(`${front.url}/`)).status).toBe(200)
    expect((await fetch(`${front.url}/`)).status).toBe(200)
  })

  test('a front without processes answers with Retry-After', async () => {
    const { url } = await frontOf()
    const answer = await fetch(url)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
  })
})

describe('the shared cache, by its clock', () => {
  const answer = (body: string) => ({
    status: 200,
    headers: { 'cache-control': BRIEFLY },
    body: Buffer.from(body),
  })

  test('fresh for s-maxage, then stale while one renews it, then gone', async () => {
    let nowMs = 0
    let asked = 0
    const cache = new SharedCache(() => nowMs)
    const find = async () => {
      const ask = async () => answer(String(++asked))
      const { answer: kept, found } = await cache.find({ key: '/', ask })
      return `${kept.body} ${found}`
    }
    expect(await find()).toBe('1 asked')
    nowMs = 999
    expect(await find()).toBe('1 fresh')
    nowMs = 1_500
    expect(await Promise.all([find(), find(), find()])).toEqual(['1 stale', '1 stale', '1 stale'])
    expect(asked).toBe(2)
    expect(await find()).toBe('2 fresh')
    nowMs = 3_501
    expect(await find()).toBe('3 asked')
  })

  test('an old answer is shown while renewing fails, but no longer than its headers allow', async () => {
    let nowMs = 0
    const cache = new SharedCache(() => nowMs)
    await cache.find({ key: '/', ask: async () => answer('1') })
    const fail = () => Promise.reject(new Error('away'))
    nowMs = 1_500
    expect((await cache.find({ key: '/', ask: fail })).found).toBe('stale')
    nowMs = 2_000
    await expect(cache.find({ key: '/', ask: fail })).rejects.toThrow('away')
  })
})
