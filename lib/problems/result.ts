import type { Reason } from './problem'

/**
 * Facts that accompany a refusal, shown to the person or used by the page (`opensAt`, `asOf`, …).
 */
export type RefusalDetails = Record<string, unknown>

export type Refusal<R extends Reason = Reason> = {
  ok: false
  reason: R
  details?: RefusalDetails
}
export type Result<T, R extends Reason = Reason> = { ok: true; value: T } | Refusal<R>

/**
 * What a server action answers to its page: words in the page's language, and facts for a page that
 * wants to word it better.
 */
export type ActionAnswer<T = null> =
  | { ok: true; value: T }
  | {
      ok: false
      reason: Reason
      words: string
      details: RefusalDetails
      /** Absent: a retry would not help. */
      retryAfterSeconds?: number
    }

export function succeed<T>(value: T): { ok: true; value: T } {
  return { ok: true, value }
}

/** An expected "no": a value with a literal reason, never an exception. */
export function refuse<R extends Reason>(reason: R, details?: RefusalDetails): Refusal<R> {
  return details ? { ok: false, reason, details } : { ok: false, reason }
}
