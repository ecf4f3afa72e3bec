import { inject } from 'vitest'
import type { Fault } from '@/local/upstash/faults'
import type { Counts } from '@/local/upstash/tenant'

export interface TestGateway {
  url: string
  /** This worker's own: its Redis database, its counts and its faults. */
  token: string
  readCounts: () => Promise<Counts>
  resetCounts: () => Promise<void>
  /** Null ends it. */
  setFault: (fault: Fault | null) => Promise<void>
  /** Sends one command past the SDK, counted like any other; `flush` empties its Redis. */
  flush: () => Promise<void>
}

/** The run's gateway, as this worker sees it. Call `reset` in a beforeEach. */
export function useGateway(): TestGateway & { reset: () => Promise<void> } {
  const stack = inject('stack')
  const token = process.env.UPSTASH_REDIS_REST_TOKEN ?? ''
  const ask = async ({ method, path, body }: { method: string; path: string; body?: unknown }) => {
    const response = await fetch(`${stack.gatewayUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      body: body === undefined ? null : JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`The gateway answered ${response.status} to ${path}.`)
    return response
  }
  const gateway: TestGateway = {
    url: stack.gatewayUrl,
    token,
    readCounts: async () => (await ask({ method: 'GET', path: '/_admin/counts' })).json(),
    resetCounts: async () => void (await ask({ method: 'DELETE', path: '/_admin/counts' })),
    setFault: async (fault) =>
      void (await ask({ method: 'PUT', path: '/_admin/fault', body: fault })),
    flush: async () => void (await ask({ method: 'POST', path: '/', body: ['FLUSHDB'] })),
  }
  const reset = async () => {
    await gateway.setFault(null)
    await gateway.flush()
    await gateway.resetCounts()
  }
  return { ...gateway, reset }
}
