import type { Problem } from './ask'
import { backOffMs, spreadMs } from './back-off'

/** `checking`: it may have been done. `busy`, `away`: it certainly was not, yet. */
export type WhyAgain = 'checking' | 'busy' | 'away'

type NextStep<P> =
  | { kind: 'refused'; problem: P }
  | { kind: 'again'; waitMs: number; why: WhyAgain }
  /** It may have been done, and asking further would take longer than anybody waits. */
  | { kind: 'unknown' }

export type Persistence = {
  mostTries: number
  /** What is asked again although it is an answer, as where signing in is done elsewhere meanwhile. */
  outlasts?: (status: number) => boolean
}

/** As long as a diner who waits for an answer believes in one: about three minutes. */
const untilUnbelievable: Persistence = { mostTries: 25 }

type Refusal = Pick<Problem, 'status' | 'reason' | 'retryAfterMs'>

function classify(problem: Refusal | null): 'refused' | WhyAgain {
  // 502 and 504 come from what stands in front of the service: the answer behind it was lost.
  if (!problem || problem.status === 502 || problem.status === 504) return 'checking'
  if (problem.reason === 'in-progress' || problem.reason === 'not-certain') return 'checking'
  if (problem.reason === 'unavailable') return 'away'
  if (problem.status === 503 || problem.status === 429) return 'busy'
  // Something between this device and the service spoke in its place.
  return problem.reason === null ? 'checking' : 'refused'
}

/**
 * What a page does after a try that was not answered with what it asked for. Whatever is asked again
 * has an idempotency key, or is the same when it is done twice. `jitter` is between 0 and 1.
 */
export function decideNextStep<P extends Refusal>({
  problem,
  tries,
  jitter,
  persistence: { mostTries, outlasts } = untilUnbelievable,
}: {
  /** Null: no answer came, or none of ours. */
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

/** Of an `Answer`, what decides what to do next. */
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
 * Asks until there is an answer, and hands on what to wait for meanwhile. `isWanted` ends it; then
 * the outcome is null.
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
  /** Null: it is no answer of ours, as from a network that wants a sign-in. */
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

type Pause = {
  waitMs: number
  /** Not put off by the service itself: over as soon as the network is back. */
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
