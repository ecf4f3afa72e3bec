import { randomUUID } from 'node:crypto'
import { Redis } from '@upstash/redis'
import { env } from '@/lib/env'
import { connectTransport } from '@/lib/redis/transport'

const LEASE_MS = 3_000
const WAIT_MS = 5_000
/**
 * Between two tries, evenly spread, so that waiting requests don't retry in step. Upstash can't
 * block.
 */
const POLL_MS = { least: 25, most: 75 }

/** The same client for Redis as ours, with the patience that this design needs. */
const redis = new Redis(
  connectTransport({
    // While building, which asks no Redis, there is no address.
    url: env.UPSTASH_REDIS_REST_URL ?? 'http://localhost',
    token: env.UPSTASH_REDIS_REST_TOKEN ?? '',
    budgetMs: WAIT_MS,
  }),
)

/** Compare and delete: an expired lock that another request holds by now stays theirs. */
const RELEASE = redis.createScript<number>(`#!lua flags=allow-key-locking
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`)

/** Null: it was not released within the waiting time. */
export async function takeLock(key: string): Promise<{ release: () => Promise<void> } | null> {
  const token = randomUUID()
  const giveUpAtMs = performance.now() + WAIT_MS
  while (performance.now() < giveUpAtMs) {
    const answer = await redis.set(key, token, { nx: true, px: LEASE_MS })
    if (answer === 'OK') {
      return { release: async () => void (await RELEASE.exec([key], [token])) }
    }
    const pauseMs = POLL_MS.least + Math.random() * (POLL_MS.most - POLL_MS.least)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return null
}
