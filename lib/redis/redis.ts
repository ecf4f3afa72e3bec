import { Redis } from '@upstash/redis'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { connectTransport } from './transport'

/** How long a request may wait for Redis before it goes on without. */
export const REDIS_BUDGET_MS = 150
/**
 * After this many failures in a row Redis is skipped for a moment, so that no request waits for it.
 */
const FAILURES_BEFORE_PAUSE = 3
const PAUSE_MS = 1_000

function connect(): Redis | null {
  if (!env.UPSTASH_REDIS_REST_URL || !env.UPSTASH_REDIS_REST_TOKEN) return null
  return new Redis(
    connectTransport({
      url: env.UPSTASH_REDIS_REST_URL,
      token: env.UPSTASH_REDIS_REST_TOKEN,
      budgetMs: REDIS_BUDGET_MS,
    }),
  )
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

/**
 * Runs one command. Null: Redis did not answer within the budget, so neither yes nor no is known.
 * Never throws.
 */
export async function askRedis<T>(
  command: (redis: Redis) => Promise<T>,
): Promise<{ answer: T } | null> {
  if (!redis || performance.now() < pausedUntilMs) return null
  try {
    const answer = await withinBudget(command(redis))
    failuresInARow = 0
    return { answer }
  } catch (error) {
    failuresInARow += 1
    if (failuresInARow >= FAILURES_BEFORE_PAUSE) pausedUntilMs = performance.now() + PAUSE_MS
    log.warn(
      { error: error instanceof Error ? error.message : String(error) },
      'redis gave no answer',
    )
    return null
  }
}
