import { Redis } from 'ioredis'
import { afterAll, beforeEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { log } from '@/lib/log'
import { askRedis } from '@/lib/redis/redis'
import { createSharedScript } from '@/lib/redis/shared-script'
import { countTroubles } from '@/lib/trouble'
import { FAULT_KINDS } from '@/local/upstash/faults'
import { startUpstashGateway } from '@/local/upstash-gateway'
import { useGateway } from '../support/stack-gateway'

const gateway = useGateway()
const isUp = () => expect.poll(() => askRedis((redis) => redis.ping()), { timeout: 5_000 }).not
beforeEach(async () => {
  await gateway.reset()
  // After failures in a row the client leaves Redis alone for a moment.
  await isUp().toBeNull()
  await gateway.resetCounts()
})

const KEY_LOCKING = '#!lua flags=allow-key-locking\n'
const countRequests = async () => (await gateway.readCounts()).requests

describe('a script with Upstash’s own flag', () => {
  const add = createSharedScript<number>(
    `${KEY_LOCKING}return redis.call('INCRBY', KEYS[1], ARGV[1])`,
  )

  test('runs, and is sent whole only until Redis knows it', async () => {
    expect(await add(['a'], ['2'])).toEqual({ answer: 2 })
    await gateway.resetCounts()
    expect(await add(['a'], ['3'])).toEqual({ answer: 5 })
    expect(await countRequests()).toBe(1)
  })

  test('of a crowd goes in one request, each with its own answer', async () => {
    await add(['a'], ['1'])
    await gateway.resetCounts()
    const all = await Promise.all([1, 2, 3].map((number) => add([`b${number}`], [`${number}`])))
    expect(all).toEqual([{ answer: 1 }, { answer: 2 }, { answer: 3 }])
    expect(await countRequests()).toBe(1)
  })

  test('that fails is no answer to its own caller alone, is counted, and told once', async () => {
    const warn = vi.spyOn(log, 'warn')
    onTestFinished(() => warn.mockRestore())
    const kind = 'redis refuses a command'
    const before = countTroubles()[kind] ?? 0
    await gateway.ask('SET', 'text', 'no number')
    const twice = [add(['text'], ['1']), add(['c'], ['1']), add(['text'], ['1'])]
    expect(await Promise.all(twice)).toEqual([null, { answer: 1 }, null])
    expect(countTroubles()[kind]).toBe(before + 2)
    expect(warn.mock.calls.filter(([, words]) => words === kind)).toHaveLength(before === 0 ? 1 : 0)
  })
})

describe('a single command', () => {
  test('answers in every shape there is', async () => {
    expect(await askRedis((redis) => redis.set('k', 'a text', { px: 5_000 }))).toEqual({
      answer: 'OK',
    })
    expect(await askRedis((redis) => redis.get('k'))).toEqual({ answer: 'a text' })
    expect(await askRedis((redis) => redis.get('none'))).toEqual({ answer: null })
    await askRedis((redis) => redis.hset('h', { one: 1, 두: '둘' }))
    expect(await askRedis((redis) => redis.hgetall('h'))).toEqual({ answer: { one: 1, 두: '둘' } })
    const all = askRedis((redis) => redis.pipeline().incr('n').exists('k').exec())
    expect(await all).toEqual({ answer: [1, 1] })
  })

  test('that Redis refuses is no answer, and no reason to leave Redis alone', async () => {
    await gateway.ask('RPUSH', 'list', 'x')
    for (let times = 0; times < 5; times += 1)
      expect(await askRedis((redis) => redis.get('list'))).toBeNull()
    expect(await askRedis((redis) => redis.exists('list'))).toEqual({ answer: 1 })
  })
})

describe('hard cases 8 and 9', () => {
  test.each(FAULT_KINDS)('"%s" is no answer, and the next request has one', async (kind) => {
    await gateway.setFault({ kind, times: 1 })
    expect(await askRedis((redis) => redis.incr('n'))).toBeNull()
    await isUp().toBeNull()
    // Applied or not, it was never sent twice.
    const applied = kind === 'drop-after' || kind === 'truncated' ? 1 : 0
    expect(Number((await gateway.ask('GET', 'n')) ?? 0)).toBe(applied)
  })
})

describe('readiness', () => {
  const { redisUrl, gatewayUrl, gatewayTokenPrefix } = inject('stack')
  const admin = new Redis(redisUrl, { lazyConnect: true })
  afterAll(() => admin.disconnect())
  const AWAY = { rest: { url: 'http://127.0.0.1:1', token: 'x' }, tcp: 'redis://127.0.0.1:1' }
  const UP = { rest: { url: gatewayUrl, token: `${gatewayTokenPrefix}0` }, tcp: redisUrl }

  type Ways = { rest?: { url: string; token: string }; tcp?: string }

  /** What a process says that has just started with this Redis. */
  async function readReady({ rest, tcp }: Ways): Promise<unknown> {
    vi.stubEnv('UPSTASH_REDIS_REST_URL', rest?.url)
    vi.stubEnv('UPSTASH_REDIS_REST_TOKEN', rest?.token)
    vi.stubEnv('REDIS_URL', tcp)
    vi.resetModules()
    Reflect.deleteProperty(globalThis, 'bobjoolRedis')
    onTestFinished(() => {
      vi.unstubAllEnvs()
      vi.resetModules()
    })
    const { GET } = await import('@/app/api/health/ready/route')
    const asked = new Request('http://localhost/api/health/ready')
    return (await GET(asked, { params: Promise.resolve({}) })).json()
  }

  /** A Redis that says yes to PING and to every other command but scripts. */
  async function startWithoutScripts(): Promise<Required<Ways>> {
    await admin.call('ACL', ['SETUSER', 'no-scripts', 'on', 'nopass', '~*', '+@all', '-@scripting'])
    const tcp = redisUrl.replace('redis://', 'redis://no-scripts:x@')
    expect(await pingOnly(tcp)).toBe('PONG')
    const plan = { redisUrl: tcp, tokens: [{ token: 'x', database: 0 }] }
    const { url, stop } = await startUpstashGateway(plan)
    onTestFinished(stop)
    return { tcp, rest: { url, token: 'x' } }
  }

  async function pingOnly(url: string): Promise<string> {
    const client = new Redis(url, { lazyConnect: true })
    return client.ping().finally(() => client.disconnect())
  }

  test.each(['rest', 'tcp'] as const)(
    'over %s tells a Redis that is up, that runs no scripts, and that is away',
    async (way) => {
      expect(await readReady({ [way]: UP[way] })).toMatchObject({ database: 'up', redis: 'up' })
      const without = await startWithoutScripts()
      expect(await readReady({ [way]: without[way] })).toMatchObject({ redis: 'refuses' })
      expect(await readReady({ [way]: AWAY[way] })).toMatchObject({ ready: true, redis: 'away' })
    },
  )

  test('is told of none where none is configured, and Upstash wins over one’s own', async () => {
    expect(await readReady({})).toMatchObject({ ready: true, redis: 'none' })
    expect(await readReady({ rest: UP.rest, tcp: AWAY.tcp })).toMatchObject({ redis: 'up' })
    expect(await readReady({ rest: AWAY.rest, tcp: UP.tcp })).toMatchObject({ redis: 'away' })
  })
})
