/** What came back from one try to book; null: nothing did. */
export type TryAnswer = {
  status: number
  reason: string | null
  /** What `Retry-After` asks for. Null: it was not sent. */
  retryAfterMs: number | null
} | null

/** `checking`: it may have gone through. `busy`, `away`: it certainly did not, yet. */
export type WhyAgain = 'checking' | 'busy' | 'away'

export type NextStep =
  | { kind: 'booked' }
  | { kind: 'refused' }
  | { kind: 'again'; waitMs: number; why: WhyAgain }
  /** It may have gone through, and asking further would take longer than anybody waits. */
  | { kind: 'unknown' }

const MOST_TRIES = 25
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 8_000

/** Doubles from a second to eight, so that a train's tunnel is survived and nobody hammers. */
function backOffMs(tries: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** Math.min(tries - 1, 10), LONGEST_WAIT_MS)
}

function classify(answer: TryAnswer): 'booked' | 'refused' | WhyAgain {
  // 502 and 504 come from what stands in front of the service: the answer behind it was lost.
  if (!answer || answer.status === 502 || answer.status === 504) return 'checking'
  if (answer.reason === 'in-progress' || answer.reason === 'not-certain') return 'checking'
  if (answer.reason === 'unavailable') return 'away'
  if (answer.status === 503 || answer.status === 429) return 'busy'
  return answer.status < 300 ? 'booked' : 'refused'
}

/**
 * What a page does after a try, always with the same idempotency key: so asking again can never
 * book twice. `jitter` (0 to 1) spreads those who were turned away together over a quarter of
 * their wait; it never shortens what the server asked for.
 */
export function decideNextStep({
  answer,
  tries,
  jitter,
}: {
  answer: TryAnswer
  /** Including this one. */
  tries: number
  jitter: number
}): NextStep {
  const outcome = classify(answer)
  if (outcome === 'booked' || outcome === 'refused') return { kind: outcome }
  if (tries >= MOST_TRIES) return { kind: 'unknown' }
  const waitMs = answer?.retryAfterMs ?? backOffMs(tries)
  return { kind: 'again', waitMs: Math.round(waitMs * (1 + jitter / 4)), why: outcome }
}
