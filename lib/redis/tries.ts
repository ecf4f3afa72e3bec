import { randomUUID } from 'node:crypto'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import {
  countLocally,
  giveBackLocally,
  OPEN_MS,
  ROOM_SOON_MS,
  takeTriesLocally,
} from './local-tries'
import { createSharedScript } from './shared-script'

/**
 * A limit for tries that stop counting when they turn out to be right: at most that many within the
 * time.
 */
export type TryLimit = {
  /** Unique among all limits, e.g. `sign-in:address:<address>`. */
  subject: string
  most: number
  /**
   * How many may be judged at once, beside those that count: a crowd of right ones is no guessing.
   * Absent: a try counts while it is judged.
   */
  mostOpen?: number | undefined
  withinMs: number
  /**
   * What is counted, e.g. an account: tries of the same one count once. Absent: each try counts.
   */
  member?: string | undefined
}

/** A try that was let in, and how many it took of which limit. */
export type Taken = {
  /**
   * Ends a try: it stops counting against these limits, or against all that it was counted against.
   * Where it was open and is not given back, it was wrong and counts from now on.
   */
  giveBack: (limits?: readonly TryLimit[]) => Promise<void>
}

/**
 * Asks all limits before it counts against any, so that a refused try uses up none: returns 0, or
 * the milliseconds until the first limit that refuses has room, by Redis's clock. A try stands in
 * one of its limit's two sorted sets, of what counts and of what is open, with the instant until
 * which it does.
 * KEYS: both sets per limit. ARGV: most, most open, milliseconds and member per limit.
 */
const TAKE = `#!lua flags=allow-key-locking
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, key in ipairs(KEYS) do
  redis.call('ZREMRANGEBYSCORE', key, '-inf', string.format('%.0f', now))
end
for i = 1, #KEYS / 2 do
  local counted, open = KEYS[2 * i - 1], KEYS[2 * i]
  local most, mostOpen = tonumber(ARGV[4 * i - 3]), tonumber(ARGV[4 * i - 2])
  if not redis.call('ZSCORE', counted, ARGV[4 * i]) then
    if redis.call('ZCARD', counted) >= most then
      local first = redis.call('ZRANGE', counted, 0, 0, 'WITHSCORES')
      return string.format('%.0f', tonumber(first[2]) - now)
    end
    if mostOpen > 0 and not redis.call('ZSCORE', open, ARGV[4 * i]) and redis.call('ZCARD', open) >= mostOpen then
      return '${ROOM_SOON_MS}'
    end
  end
end
for i = 1, #KEYS / 2 do
  local key, within = KEYS[2 * i - 1], tonumber(ARGV[4 * i - 1])
  if tonumber(ARGV[4 * i - 2]) > 0 then key, within = KEYS[2 * i], ${OPEN_MS} end
  redis.call('ZADD', key, string.format('%.0f', now + within), ARGV[4 * i])
  redis.call('PEXPIRE', key, string.format('%.0f', within))
end
return '0'
`
/** KEYS: both sets per limit. ARGV: milliseconds, 0 to give back, and member per limit. */
const END = `#!lua flags=allow-key-locking
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 1, #KEYS / 2 do
  local counted, within, member = KEYS[2 * i - 1], tonumber(ARGV[2 * i - 1]), ARGV[2 * i]
  redis.call('ZREM', KEYS[2 * i], member)
  if within == 0 then
    redis.call('ZREM', counted, member)
  else
    redis.call('ZADD', counted, string.format('%.0f', now + within), member)
    redis.call('PEXPIRE', counted, string.format('%.0f', within))
  end
end
return '0'
`
const askToTake = createSharedScript<string | number>(TAKE)
const askToEnd = createSharedScript<string | number>(END)

export const keyOfTries = (subject: string) => `tries:${subject}`
const listKeys = ({ subject }: TryLimit) => [keyOfTries(subject), `${keyOfTries(subject)}:open`]

/**
 * Counts a try against each limit, in one request to Redis, or by this process alone while Redis
 * does not answer. Refuses `rate-limited` for the first limit without room.
 */
export async function takeTries(
  limits: readonly TryLimit[],
): Promise<Result<Taken, 'rate-limited'>> {
  const id = randomUUID()
  const taken = limits.map((limit) => ({ ...limit, member: limit.member ?? id }))
  const asked = await askToTake(
    taken.flatMap(listKeys),
    taken.flatMap(({ most, mostOpen = 0, withinMs, member }) => [
      ...[most, mostOpen, withinMs].map(String),
      member,
    ]),
  )
  const retryAfterMs = asked ? Number(asked.answer) : takeTriesLocally(taken)
  if (retryAfterMs > 0) return refuse('rate-limited', { retryAfterMs })
  const giveBack = async (back: readonly TryLimit[] = limits) => {
    const subjects = new Set(back.map(({ subject }) => subject))
    const given = taken.filter(({ subject }) => subjects.has(subject))
    const wrong = taken.filter(({ subject, mostOpen }) => mostOpen && !subjects.has(subject))
    if (given.length + wrong.length === 0) return
    const ended = [...given.map((limit) => ({ ...limit, withinMs: 0 })), ...wrong]
    const isEnded =
      asked &&
      (await askToEnd(
        ended.flatMap(listKeys),
        ended.flatMap(({ withinMs, member }) => [String(withinMs), member]),
      ))
    if (isEnded) return
    giveBackLocally(given)
    countLocally(wrong)
  }
  return succeed({ giveBack })
}
