import { randomUUID } from 'node:crypto'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { giveBackLocally, takeTriesLocally } from './local-tries'
import { createSharedScript } from './shared-script'

/**
 * A limit for tries that stop counting when they turn out to be right: at most that many open ones
 * within the time.
 */
export type TryLimit = {
  /** Unique among all limits, e.g. `sign-in:address:<address>`. */
  subject: string
  most: number
  withinMs: number
  /**
   * What is counted, e.g. an account: tries of the same one count once. Absent: each try counts.
   */
  member?: string | undefined
}

/** A try that was let in, and how many it took of which limit. */
export type Taken = {
  /** Stops counting the try against these limits, or against all that it was counted against. */
  giveBack: (limits?: readonly TryLimit[]) => Promise<void>
}

/**
 * Asks all limits before it counts against any, so that a refused try uses up none: returns 0, or
 * the milliseconds until the first limit that refuses has room, by Redis's clock. A try stands in
 * its limit's sorted set with the instant until which it counts.
 * KEYS: one per limit. ARGV: most, milliseconds and member per limit.
 */
const TAKE = `#!lua flags=allow-key-locking
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 1, #KEYS do
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', string.format('%.0f', now))
  if not redis.call('ZSCORE', KEYS[i], ARGV[3 * i]) and redis.call('ZCARD', KEYS[i]) >= tonumber(ARGV[3 * i - 2]) then
    local first = redis.call('ZRANGE', KEYS[i], 0, 0, 'WITHSCORES')
    return string.format('%.0f', tonumber(first[2]) - now)
  end
end
for i = 1, #KEYS do
  local within = tonumber(ARGV[3 * i - 1])
  redis.call('ZADD', KEYS[i], string.format('%.0f', now + within), ARGV[3 * i])
  redis.call('PEXPIRE', KEYS[i], string.format('%.0f', within))
end
return '0'
`
/** KEYS: one per limit. ARGV: member per limit. */
const GIVE_BACK = `#!lua flags=allow-key-locking
for i = 1, #KEYS do redis.call('ZREM', KEYS[i], ARGV[i]) end
return '0'
`
const askToTake = createSharedScript<string | number>(TAKE)
const askToGiveBack = createSharedScript<string | number>(GIVE_BACK)

export const keyOfTries = (subject: string) => `tries:${subject}`

/**
 * Counts a try against each limit, in one request to Redis, or by this process alone while Redis
 * does not answer. Refuses `rate-limited` for the first limit without room.
 */
export async function takeTries(
  limits: readonly TryLimit[],
): Promise<Result<Taken, 'rate-limited'>> {
  const id = randomUUID()
  const counted = limits.map((limit) => ({ ...limit, member: limit.member ?? id }))
  const asked = await askToTake(
    counted.map(({ subject }) => keyOfTries(subject)),
    counted.flatMap(({ most, withinMs, member }) => [String(most), String(withinMs), member]),
  )
  const retryAfterMs = asked ? Number(asked.answer) : takeTriesLocally(counted)
  if (retryAfterMs > 0) return refuse('rate-limited', { retryAfterMs })
  const giveBack = async (back: readonly TryLimit[] = limits) => {
    const subjects = new Set(back.map(({ subject }) => subject))
    const over = counted.filter(({ subject }) => subjects.has(subject))
    if (over.length === 0) return
    if (!asked) return giveBackLocally(over)
    await askToGiveBack(
      over.map(({ subject }) => keyOfTries(subject)),
      over.map(({ member }) => member),
    )
  }
  return succeed({ giveBack })
}
