/**
 * A control: the lobby as it is usually built, a counter and a sorted set in Redis. It exists to prove
 * that the tests of entries can fail.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from '@upstash/redis'
import { redis } from '@/lib/redis/redis'

const keysOf = (openingId: string) => ({
  counter: `unprotected:arrivals:${openingId}`,
  lobby: `unprotected:lobby:${openingId}`,
})

/** The number of an arrival, asked for until Redis answers. */
export async function enterRedisLobby(asked: {
  openingId: string
  accountId: string
}): Promise<number> {
  const { counter, lobby } = keysOf(asked.openingId)
  for (;;) {
    try {
      const number = await lobbyRedis().incr(counter)
      await lobbyRedis().zadd(lobby, { score: number, member: asked.accountId })
      return number
    } catch {
      // Too slow for this moment: whoever enters taps again.
      await sleep(20)
    }
  }
}

/** Who is in the lobby, in order. */
export function listRedisLobby(openingId: string): Promise<string[]> {
  return lobbyRedis().zrange<string[]>(keysOf(openingId).lobby, 0, -1)
}

function lobbyRedis(): Redis {
  if (!redis) throw new Error('this control needs Redis')
  return redis
}
