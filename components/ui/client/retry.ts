import type { Problem } from './ask'
import { backOffMs, spreadMs } from './back-off'

/** `checking`: the request may have been carried out. `busy`, `away`: it certainly was not. */
export type WhyAgain = 'checking' | 'busy' | 'away'

type NextStep<P> =
  | { kind: 'refused'; problem: P }
  | { kind: 'again'; waitMs: number; why: WhyAgain }
  /**
   * The request may have been carried out, and retrying further would outlast anyone's patience.
   */
  | { kind: 'unknown' }

export type Persistence = {
  mostTries: number
  /**
   * Refusals to retry all the same, because their cause is resolved elsewhere, as by signing in.
   */
  outlasts?: (status: number) => boolean
}

/** About three minutes, which is as long as a waiting diner still believes in an answer. */
const untilUnbelievable: Persistence = { mostTries: 25 }

type Refusal = Pick<Problem, 'status' | 'reason' | 'retryAfterMs'>

function classify(problem: Refusal | null): 'refused' | WhyAgain {
  // A gateway sends 502 and 504: the service's own answer behind it was lost.
  if (!problem || problem.status === 502 || problem.status === 504) return 'checking'
  if (problem.reason === 'in-progress' || problem.reason === 'not-certain') return 'checking'
  if (problem.reason === 'unavailable') return 'away'
  // A long wait for this person alone is an answer, not a moment of rush.
  if (problem.reason === 'line-too-often') return 'refused'
  if (problem.status === 503 || problem.status === 429) return 'busy'
  // A server between this device and the service answered instead of it.
  return problem.reason === null ? 'checking' : 'refused'
}

/**
 * The next step of a page after a try that failed. Every retried request has an idempotency key or
 * is idempotent by itself. `jitter` is between 0 and 1.
 */
export function decideNextStep<P extends Refusal>({
  problem,
  tries,
  jitter,
  persistence: { mostTries, outlasts } = untilUnbelievable,
}: {
  /** Null: no answer came, or not one from our service. */
  problem: P | null
  /** Including this one. */
  tries: number
  jitter: number
  persistence?: Persistence | undefined
}): NextStep<P> {
  const outcome = classify(problem)
  if (problem && outcome === 'refused' && !outlasts?.(problem.status))
    return { kind: outcome, problem }
  if (tries >= mostTries) return { kind: 'unknown' }
  const waitMs = problem?.retryAfterMs ?? backOffMs({ tries })
  const why = outcome === 'refused' ? 'checking' : outcome
  return { kind: 'again', waitMs: spreadMs({ waitMs, jitter }), why }
}

/** The part of an `Answer` that decides the next step. */
type Tried<T> =
  | { kind: 'value'; value: T }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'unchanged' | 'lost' }

export type Outcome<T> =
  | { kind: 'done'; value: T }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'unknown' }

type Waiting = { why: WhyAgain; waitMs: number; problem: Problem | null }

/**
 * Retries until there is an answer, and reports each wait. When `isWanted` turns false it ends with
 * null.
 */
export async function askUntilAnswered<A, T>({
  askOnce,
  read,
  isWanted,
  onWait,
  onAgain,
  persistence,
  wait = pause,
  roll = Math.random,
}: {
  askOnce: () => Promise<Tried<A>>
  /**
   * Null: the answer did not come from our service, but for example from a network's sign-in page.
   */
  read: (value: A) => T | null
  isWanted: () => boolean
  onWait?: (waiting: Waiting) => void
  onAgain?: (why: WhyAgain) => void
  persistence?: Persistence
  wait?: (pause: Pause) => Promise<void>
  roll?: () => number
}): Promise<Outcome<T> | null> {
  for (let tries = 1; isWanted(); tries += 1) {
    const answer = await askOnce()
    if (!isWanted()) return null
    const value = answer.kind === 'value' ? read(answer.value) : null
    if (value !== null) return { kind: 'done', value }
    const problem = answer.kind === 'problem' ? answer.problem : null
    const step = decideNextStep({ problem, tries, jitter: roll(), persistence })
    if (step.kind !== 'again') return step
    onWait?.({ why: step.why, waitMs: step.waitMs, problem })
    await wait({ waitMs: step.waitMs, canHurry: !problem?.retryAfterMs })
    if (isWanted()) onAgain?.(step.why)
  }
  return null
}

export type Pause = {
  waitMs: number
  /** True unless the service itself asked for the wait: it ends as soon as the network is back. */
  canHurry: boolean
}

export function pause({
  waitMs,
  canHurry,
  network = window,
}: Pause & { network?: EventTarget }): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, waitMs)
    function end() {
      clearTimeout(timer)
      network.removeEventListener('online', end)
      resolve()
    }
    if (canHurry) network.addEventListener('online', end)
  })
}
