import { Redis } from '@upstash/redis'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { countRedisAnswer } from '@/lib/metrics/metrics'
import { noteTrouble } from '@/lib/trouble'
import { RefusedCommand } from './refused-command'
import { connectTcpTransport } from './tcp-transport'
import { connectTransport } from './transport'

/** How long a request may wait for Redis before it goes on without. */
export const REDIS_BUDGET_MS = 150
/**
 * After this many failures in a row Redis is skipped for a moment, so that no request waits for it.
 */
const FAILURES_BEFORE_PAUSE = 3
const PAUSE_MS = 1_000

// Kept across hot reloads and bundles, so that a process has one connection.
const held = globalThis as typeof globalThis & { bobjoolRedis?: Redis | undefined }

/** Upstash where it is configured, else a Redis of the operator's own. */
function connect(): Redis | null {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token, REDIS_URL } = env
  if (url && token) return new Redis(connectTransport({ url, token, budgetMs: REDIS_BUDGET_MS }))
  if (!REDIS_URL) return null
  held.bobjoolRedis ??= new Redis(connectTcpTransport({ url: REDIS_URL }))
  return held.bobjoolRedis
}

/** Null: Redis is not configured, and everything works without it. */
export const redis = connect()

let failuresInARow = 0
let pausedUntilMs = 0

/**
 * A command may take more than one request (a script that Redis has forgotten); together they share
 * one budget.
 */
async function withinBudget<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const isOver = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('out of time')), REDIS_BUDGET_MS)
  })
  return Promise.race([work, isOver]).finally(() => clearTimeout(timer))
}

/** Counts and tells, at most once a minute, that Redis answered and refused what it was asked. */
export function noteRefusal(problem: string): void {
  noteTrouble({ kind: 'redis refuses a command', problem })
}

/**
 * Runs one command. Null: Redis did not answer within the budget, or refused the command, so neither
 * yes nor no is known. Never throws.
 */
export async function askRedis<T>(
  command: (redis: Redis) => Promise<T>,
): Promise<{ answer: T } | null> {
  if (!redis) return null
  if (performance.now() < pausedUntilMs) {
    countRedisAnswer('skipped')
    return null
  }
  try {
    const answer = await withinBudget(command(redis))
    failuresInARow = 0
    countRedisAnswer('answered')
    return { answer }
  } catch (error) {
    if (error instanceof RefusedCommand) {
      countRedisAnswer('refused')
      noteRefusal(error.message)
      return null
    }
    countRedisAnswer('no-answer')
    failuresInARow += 1
    if (failuresInARow >= FAILURES_BEFORE_PAUSE) pausedUntilMs = performance.now() + PAUSE_MS
    log.warn(
      { error: error instanceof Error ? error.message : String(error) },
      'redis gave no answer',
    )
    return null
  }
}

const READY_KEY = 'ready'
/** What the service's own scripts do: one that may not write, as on a replica, is of no use. */
const TRY = `#!lua flags=allow-key-locking
redis.call('SET', KEYS[1], redis.call('TIME')[1], 'PX', '1000')
return 1
`

/**
 * Asks what the service itself needs of Redis, a script that writes, because a PING says nothing of
 * that. `refuses`: it answers and runs no script. `none`: none is configured.
 */
export async function tryRedis(): Promise<'up' | 'refuses' | 'away' | 'none'> {
  if (!redis) return 'none'
  const asked = await askRedis((server) =>
    server.pipeline().eval(TRY, [READY_KEY], []).exec<[number]>({ keepErrors: true }),
  )
  if (!asked) return 'away'
  const [{ error }] = asked.answer
  if (error) noteRefusal(error)
  return error ? 'refuses' : 'up'
}
