import { afterEach, expect } from 'vitest'
import { type Answer, askApi } from './api-client'

type App = { urlOf: () => string }

/**
 * Requests that a process started with `held-requests.mjs` keeps in flight, in front of Next. What is
 * held after a test is released.
 */
export function useHeldRequests({ app: usual, tokenOf }: { app: App; tokenOf: () => string }) {
  let held: Promise<Answer>[] = []

  /** What the process in front of Next has counted. `order` releases what is held, or pauses. */
  async function tell(order: string, app = usual) {
    const headers = { 'x-test': order }
    const { text } = await askApi({ url: app.urlOf(), path: '/api/health/orders', headers })
    const said: { reached: number; held: number } = JSON.parse(text)
    return said
  }

  /** A request that the process was asked to hold. */
  const hold = (answer: Promise<Answer>) => void held.push(answer)

  /** Until so many requests of ours are in flight, which Next has not seen yet. */
  async function holdUpTo(count: number, path = '/api/v1/reservations'): Promise<void> {
    const headers = { 'x-test': 'hold' }
    for (let number = held.length; number < count; number += 1)
      hold(askApi({ url: usual.urlOf(), path, token: tokenOf(), headers }))
    await expect.poll(async () => (await tell('count')).held).toBe(count)
  }

  async function release(): Promise<void> {
    await tell('release')
    await Promise.all(held)
    held = []
  }

  afterEach(release)
  return { tell, hold, holdUpTo, release }
}
