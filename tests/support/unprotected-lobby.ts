/**
 * Control: a lobby as it is usually built, a counter and a sorted set in Redis. It proves that the
 * tests of entries can fail.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from '@upstash/redis'
import { redis } from '@/lib/redis/redis'

const keysOf = (openingId: string) => ({
  counter: `unprotected:arrivals:${openingId}`,
  lobby: `unprotected:lobby:${openingId}`,
})

/** The number of an arrival, retried until Redis answers. */
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
      // Redis is too slow at this moment: the diner taps again.
      await sleep(20)
    }
  }
}

/** The lobby's diners, in order. */
export function listRedisLobby(openingId: string): Promise<string[]> {
  return lobbyRedis().zrange<string[]>(keysOf(openingId).lobby, 0, -1)
}

function lobbyRedis(): Redis {
  if (!redis) throw new Error('this control needs Redis')
  return redis
}
