import { createHash, randomUUID } from 'node:crypto'
import { Ratelimit } from '@upstash/ratelimit'
import { Redis } from '@upstash/redis'
import { afterAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { type Gateway, startUpstashGateway } from '@/local/upstash-gateway'

const TOKEN = 'gateway-test'
const LOCKING = '#!lua flags=allow-key-locking\n'

/** One gateway in front of the run's Redis, one in front of the stand-in of a bare machine. */
const behind = { 'a real Redis': inject('stack').redisUrl, 'the stand-in': null }
/** Database numbers above those that test files use. */
const database = 40
const gateways: Gateway[] = []
for (const redisUrl of Object.values(behind)) {
  gateways.push(await startUpstashGateway({ redisUrl, tokens: [{ token: TOKEN, database }] }))
}
afterAll(() => Promise.all(gateways.map((gateway) => gateway.stop())))

function connect({ gateway, timeoutMs = 5000 }: { gateway: Gateway; timeoutMs?: number }): Redis {
  return new Redis({
    url: gateway.url,
    token: TOKEN,
    retry: { retries: 0 },
    signal: () => AbortSignal.timeout(timeoutMs),
    enableTelemetry: false,
  })
}

describe.each(Object.keys(behind).map((name, index) => ({ name, index })))(
  'the Upstash gateway before $name',
  ({ index }) => {
    const gateway = gateways[index] ?? gateways[0]
    if (!gateway) throw new Error('No gateway was started.')
    const redis = connect({ gateway })

    beforeEach(async () => {
      gateway.setFault({ token: TOKEN, fault: null })
      await redis.flushdb()
      gateway.resetCounts(TOKEN)
    })

    test('carries what the SDK sends and gives it back unchanged', async () => {
      const odd = { words: '밥줄 예약 🍚\r\n\0', list: [1, 'OK', null], flag: true }
      expect(await redis.set('odd', odd)).toBe('OK')
      expect(await redis.get('odd')).toEqual(odd)
      expect(await redis.set('ok', 'OK')).toBe('OK')
      expect(await redis.get('ok')).toBe('OK')
      expect(await redis.get('missing')).toBeNull()
      expect(await redis.hset('hash', { one: 1, two: 'deux' })).toBe(2)
      expect(await redis.hgetall('hash')).toEqual({ one: 1, two: 'deux' })
      expect(await redis.set('odd', 'x', { nx: true, px: 1000 })).toBeNull()
    })

    test('answers every command of a pipeline, and an error as an error of one', async () => {
      await redis.set('word', 'rice')
      const replies = await redis
        .pipeline()
        .set('count', 1)
        .incr('word')
        .incr('count')
        .exec({ keepErrors: true })
      expect(replies.map((reply) => reply.result)).toEqual(['OK', undefined, 2])
      expect(replies[1]?.error).toMatch(/not an integer/)
      expect(gateway.readCounts(TOKEN)).toEqual({ requests: 2, commands: { SET: 2, INCR: 2 } })
    })

    test('runs a transaction', async () => {
      expect(await redis.multi().set('a', 1).incr('a').get('a').exec()).toEqual(['OK', 2, 2])
    })

    test('maps the hash of a key-locking script to that of the script it serves', async () => {
      const script = `${LOCKING}return { KEYS[1], ARGV[1], 7 }`
      const sha = createHash('sha1').update(script).digest('hex')
      await expect(redis.evalsha(sha, ['k'], ['v'])).rejects.toThrow('NOSCRIPT')
      expect(await redis.eval(script, ['k'], ['v'])).toEqual(['k', 'v', 7])
      expect(await redis.evalsha(sha, ['k'], ['v'])).toEqual(['k', 'v', 7])
      expect(await redis.scriptExists(sha)).toEqual([1])
      await redis.scriptFlush()
      await expect(redis.evalsha(sha, ['k'], ['v'])).rejects.toThrow('NOSCRIPT')
      expect(await redis.scriptLoad(script)).toBe(sha)
      expect(await redis.evalsha(sha, ['k'], ['v'])).toEqual(['k', 'v', 7])
    })

    test("the SDK's own script falls back to EVAL once, and never again", async () => {
      const script = redis.createScript<number>(`${LOCKING}return ${Date.now()}`)
      await script.exec([], [])
      await script.exec([], [])
      await script.exec([], [])
      expect(gateway.readCounts(TOKEN)).toEqual({
        requests: 4,
        commands: { EVALSHA: 3, EVAL: 1 },
      })
    })

    test.each([
      { name: 'slidingWindow', limiter: Ratelimit.slidingWindow(3, '1 h') },
      { name: 'fixedWindow', limiter: Ratelimit.fixedWindow(3, '1 h') },
    ])('$name of @upstash/ratelimit lets three pass and the fourth not', async ({ limiter }) => {
      const limit = new Ratelimit({ redis, limiter, ephemeralCache: false, timeout: 5000 })
      const subject = randomUUID()
      const decisions: boolean[] = []
      for (let attempt = 0; attempt < 4; attempt += 1) {
        decisions.push((await limit.limit(subject)).success)
      }
      expect(decisions).toEqual([true, true, true, false])
    })

    test('answers 400 with Redis’ own message to a wrong command', async () => {
      await redis.set('word', 'rice')
      await expect(redis.incr('word')).rejects.toThrow(/not an integer/)
      const response = await post({ gateway, path: '/', body: ['INCR', 'word'] })
      expect(response.status).toBe(400)
      expect(response.headers.get('content-type')).toBe('application/json')
      expect(response.headers.get('upstash-sync-token')).toBeTruthy()
    })

    test('encodes only for a client that asks for it', async () => {
      await redis.set('word', '밥')
      const plain = await post({ gateway, path: '/', body: ['GET', 'word'] })
      expect(await plain.json()).toEqual({ result: '밥' })
      const headers = { 'upstash-encoding': 'base64' }
      const encoded = await post({ gateway, path: '/', body: ['GET', 'word'], headers })
      expect(await encoded.json()).toEqual({ result: Buffer.from('밥').toString('base64') })
    })

    test.each([
      [['SUBSCRIBE', 'channel']],
      [['blpop', 'list', '0']],
      [['SELECT', '1']],
      ['GET word'],
      [[]],
      [null],
    ])(
      'refuses %j, which would hurt everybody on the connection or is no command',
      async (body) => {
        const response = await post({ gateway, path: '/', body })
        expect(response.status).toBe(400)
        expect(await response.json()).toEqual({ error: expect.stringMatching(/^ERR /) })
      },
    )

    test('refuses a client without the token', async () => {
      const headers = { authorization: 'Bearer guess' }
      const response = await post({ gateway, path: '/', body: ['GET', 'word'], headers })
      expect(response.status).toBe(401)
      expect(await response.json()).toEqual({ error: expect.stringContaining('WRONGPASS') })
    })

    describe('on request', () => {
      test.each([
        { kind: 'drop-before', isApplied: false },
        { kind: 'drop-after', isApplied: true },
        { kind: 'error-500', isApplied: false },
        { kind: 'not-json', isApplied: false },
        { kind: 'truncated', isApplied: true },
      ] as const)('fails by $kind, applied: $isApplied', async ({ kind, isApplied }) => {
        gateway.setFault({ token: TOKEN, fault: { kind, times: 1 } })
        await expect(redis.incr('count')).rejects.toThrow()
        expect(await redis.get('count')).toBe(isApplied ? 1 : null)
        expect(gateway.readCounts(TOKEN).requests).toBe(2)
      })

      test('hangs until the client gives up, and serves others meanwhile', async () => {
        gateway.setFault({ token: TOKEN, fault: { kind: 'hang', times: 1 } })
        const impatient = connect({ gateway, timeoutMs: 100 })
        await expect(impatient.incr('count')).rejects.toThrow(/timeout/i)
        expect(await redis.get('count')).toBeNull()
      })

      test('takes its faults over HTTP from a test in another process', async () => {
        const fault = { kind: 'error-500', times: 1 }
        const told = await post({ gateway, path: '/_admin/fault', body: fault, method: 'PUT' })
        expect(told.status).toBe(200)
        await expect(redis.incr('count')).rejects.toThrow()
        const counts = await fetch(`${gateway.url}/_admin/counts`, { headers: bearer })
        expect(await counts.json()).toEqual({ requests: 1, commands: {} })
        const wrong = { kind: 'explode' }
        const refused = await post({ gateway, path: '/_admin/fault', body: wrong, method: 'PUT' })
        expect(refused.status).toBe(400)
      })
    })
  },
)

const bearer = { authorization: `Bearer ${TOKEN}` }

interface Post {
  gateway: Gateway
  path: string
  body: unknown
  headers?: Record<string, string>
  method?: string
}

function post({ gateway, path, body, headers, method = 'POST' }: Post): Promise<Response> {
  return fetch(`${gateway.url}${path}`, {
    method,
    headers: { ...bearer, ...headers },
    body: JSON.stringify(body),
  })
}

test('the gateway says 503 as JSON while Redis is away', async () => {
  const gateway = await startUpstashGateway({
    redisUrl: 'redis://127.0.0.1:1',
    tokens: [{ token: TOKEN, database: 0 }],
  })
  const response = await post({ gateway, path: '/', body: ['GET', 'word'] })
  expect(response.status).toBe(503)
  expect(await response.json()).toEqual({ error: expect.stringContaining('Redis') })
  await gateway.stop()
})

test('no other client of the gateway gets in between a transaction', async () => {
  const [gateway] = gateways
  if (!gateway) throw new Error('No gateway was started.')
  const redis = connect({ gateway })
  await redis.del('shared')
  const rounds = await Promise.all(
    Array.from({ length: 200 }, () => redis.multi().incr('shared').incr('shared').exec()),
  )
  for (const [first, second] of rounds) expect(second).toBe(Number(first) + 1)
})
