import { Ratelimit } from '@upstash/ratelimit'
import { type Refusal, refuse } from '@/lib/problems/result'
import { takeLocally } from './local-limit'
import { askRedis, REDIS_BUDGET_MS, redis } from './redis'

/** `isShared`: Redis decided, for all processes. Otherwise Redis did not answer. */
export type LimitDecision = { isShared: boolean } & (
  | { allowed: true }
  | { allowed: false; retryAfterMs: number }
)

/**
 * A limit for paths that are not hot: a number of tries per subject within a sliding window,
 * counted by Redis when it answers and by this process alone when it does not.
 */
export function createLimit({
  name,
  tries,
  windowSeconds,
}: {
  name: string
  tries: number
  windowSeconds: number
}) {
  const shared =
    redis &&
    new Ratelimit({
      redis,
      limiter: Ratelimit.slidingWindow(tries, `${windowSeconds} s`),
      prefix: `limit:${name}`,
      // The library's own timeout answers "allowed"; ours, below, answers "unknown" before that.
      timeout: REDIS_BUDGET_MS * 10,
      ephemeralCache: false,
    })
  return async (subject: string, { isRedisSilent = false } = {}): Promise<LimitDecision> => {
    const asked = shared && !isRedisSilent && (await askRedis(() => shared.limit(subject)))
    if (asked) {
      const { success, reset } = asked.answer
      return success
        ? { isShared: true, allowed: true }
        : { isShared: true, allowed: false, retryAfterMs: Math.max(1_000, reset - Date.now()) }
    }
    const retryAfterMs = takeLocally({
      subject: `${name}:${subject}`,
      burst: tries,
      everyMs: (windowSeconds * 1000) / tries,
    })
    return retryAfterMs > 0
      ? { isShared: false, allowed: false, retryAfterMs }
      : { isShared: false, allowed: true }
  }
}

type Take = (subject: string, known: { isRedisSilent: boolean }) => Promise<LimitDecision>

/**
 * Takes one try from each limit in order and returns the first refusal, or null. A null subject
 * (the platform vouches for no address) is not limited. When Redis is silent the caller waits for
 * it once, not once per limit.
 */
export async function takeEach(
  takes: readonly (readonly [take: Take, subject: string | null])[],
): Promise<Refusal<'rate-limited'> | null> {
  let isRedisSilent = false
  for (const [take, subject] of takes) {
    if (subject === null) continue
    const decision = await take(subject, { isRedisSilent })
    isRedisSilent ||= !decision.isShared
    if (!decision.allowed) return refuse('rate-limited', { retryAfterMs: decision.retryAfterMs })
  }
  return null
}
