import { Redis } from 'ioredis'
import { afterAll, inject } from 'vitest'
import type { Fault } from '@/local/upstash/faults'
import { type RedisProxy, startRedisProxy } from './redis-proxy'

export interface TestGateway {
  /** Of Upstash's kind, or with `redis:`. */
  url: string
  /** This worker's own: its Redis database, its counts and its faults. */
  token: string
  /** How many requests came; the commands in them, by name, only over Upstash's way. */
  readCounts: () => Promise<{ requests: number; commands: Record<string, number> }>
  resetCounts: () => Promise<void>
  /** Null ends it. */
  setFault: (fault: Fault | null) => Promise<void>
  /** Sends one command past the code under test; throws where Redis refuses it. */
  ask: (...command: string[]) => Promise<unknown>
  /** Empties its Redis. */
  flush: () => Promise<void>
}

/** The run's Redis, as this worker's code reaches it. Call `reset` in a beforeEach. */
export function useGateway(): TestGateway & { reset: () => Promise<void> } {
  const proxy = ownProxy()
  const gateway = proxy ? overTcp(proxy) : overRest()
  const reset = async () => {
    await gateway.setFault(null)
    await gateway.flush()
    await gateway.resetCounts()
  }
  return { ...gateway, reset }
}

// One for each worker: it starts before any module of the project is imported.
const held = globalThis as typeof globalThis & { bobjoolRedisProxy?: RedisProxy }
const ownProxy = () => held.bobjoolRedisProxy

/** Has this worker's code reach Redis as an operator's own, by a proxy that can misbehave. */
export async function startWorkerRedisProxy(url: string): Promise<RedisProxy> {
  held.bobjoolRedisProxy = await startRedisProxy({ url })
  return held.bobjoolRedisProxy
}

function overTcp(proxy: RedisProxy): TestGateway {
  const { redisUrl } = inject('stack')
  const past = new Redis(redisUrl + new URL(proxy.url).pathname, { lazyConnect: true })
  afterAll(() => past.disconnect())
  const ask = ([name = '', ...args]: string[]) => past.call(name.toUpperCase(), args)
  return {
    url: proxy.url,
    token: '',
    readCounts: async () => ({ requests: proxy.countRequests(), commands: {} }),
    resetCounts: async () => proxy.forget(),
    setFault: async (fault) => proxy.setFault(fault),
    ask: (...command) => ask(command),
    flush: async () => void (await ask(['FLUSHDB'])),
  }
}

function overRest(): TestGateway {
  const { gatewayUrl } = inject('stack')
  const token = process.env.UPSTASH_REDIS_REST_TOKEN ?? ''
  const send = async ({ method, path, body }: { method: string; path: string; body?: unknown }) => {
    const response = await fetch(`${gatewayUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      body: body === undefined ? null : JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`The gateway answered ${response.status} to ${path}.`)
    return response
  }
  const ask = async (...body: string[]): Promise<unknown> =>
    (await (await send({ method: 'POST', path: '/', body })).json()).result
  return {
    url: gatewayUrl,
    token,
    readCounts: async () => (await send({ method: 'GET', path: '/_admin/counts' })).json(),
    resetCounts: async () => void (await send({ method: 'DELETE', path: '/_admin/counts' })),
    setFault: async (fault) =>
      void (await send({ method: 'PUT', path: '/_admin/fault', body: fault })),
    ask,
    flush: async () => void (await ask('FLUSHDB')),
  }
}
