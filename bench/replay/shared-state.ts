import { setTimeout as sleep } from 'node:timers/promises'
import { readField } from './answers'
import type { Act, History } from './history'
import type { Wire, WireAnswer } from './wire'

/** What all phones of a replay share. */
export interface SharedState {
  openingId: string
  restaurantId: string
  serviceDate: string
  /**
   * Real phones have a connection each; here many share some. Polls, looks that something hangs on (the
   * first, the board before booking), entries and what follows from them have connections of their own,
   * so that nobody waits behind what others only ask to pass the time.
   */
  polls: Wire
  looks: Wire
  entries: Wire
  acts: Wire
  history: History
  /** The database's clock, for the record only: phones don't have it. */
  nowMs: () => number
  roll: () => number
  /**
   * The shortest wait between polls, so that all phones together ask no more than this edge can
   * take.
   */
  leastPollMs: number
  counts: { polls: number }
  /** A request without an answer by then is an error. */
  isOver: () => boolean
}

/** The public snapshots, as one phone asks for them. Only failures are recorded. */
export async function poll({
  shared,
  wire,
  diner,
  path,
  etag = '',
}: {
  shared: SharedState
  wire: 'polls' | 'looks'
  diner: number
  path: string
  etag?: string
}): Promise<WireAnswer> {
  const { counts, history, nowMs } = shared
  counts.polls += 1
  const startMs = nowMs()
  const headers: Record<string, string> = etag ? { 'if-none-match': etag } : {}
  const answer = await shared[wire].ask({ method: 'GET', path, headers })
  const { status, retryAfterSeconds } = answer
  if (status !== 200 && status !== 304)
    history.note({
      diner,
      act: 'look',
      key: '',
      dueMs: startMs,
      startMs,
      endMs: nowMs(),
      status,
      isCut: false,
      reason: readField(answer.body, 'reason'),
      said: '',
      hasRetryAfter: retryAfterSeconds !== null,
    })
  return answer
}

export interface Asking {
  act: Act
  path: string
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: object
  key?: string
  cutAfterMs?: number
  /** When it should have been sent; now by default. */
  dueMs?: number
}

/** One phone's own requests, each of them recorded. */
export class Line {
  readonly #shared: SharedState
  readonly #diner: number
  readonly #token: string

  constructor({ shared, diner, token }: { shared: SharedState; diner: number; token: string }) {
    this.#shared = shared
    this.#diner = diner
    this.#token = token
  }

  async ask(asking: Asking): Promise<WireAnswer> {
    const { acts, entries, history, nowMs } = this.#shared
    const { act, path, method = 'POST', headers, body, key = '', cutAfterMs } = asking
    const startMs = nowMs()
    const wire = asking.act === 'enter' ? entries : acts
    const answer = await wire.ask({
      method,
      path,
      body: body === undefined ? '' : JSON.stringify(body),
      headers: { authorization: `Bearer ${this.#token}`, ...headers },
      ...(cutAfterMs !== undefined && { cutAfterMs }),
    })
    const { status, retryAfterSeconds } = answer
    history.note({
      diner: this.#diner,
      act,
      key,
      dueMs: asking.dueMs ?? startMs,
      startMs,
      endMs: nowMs(),
      status,
      isCut: status === 0 && cutAfterMs !== undefined,
      reason: status >= 400 ? readField(answer.body, 'reason') : '',
      hasRetryAfter: retryAfterSeconds !== null,
      said: readSaid({ act, answer }),
    })
    return answer
  }

  /**
   * Retries until the answer is final: "later" is retried later, with some jitter. `planWaitMs`: null
   * where nothing is to be had any more.
   */
  async pursue(
    makeAsking: (attempt: number) => Asking,
    planWaitMs: () => Promise<number | null> = async () => 0,
  ): Promise<WireAnswer> {
    let dueMs = this.#shared.nowMs()
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.ask({ dueMs, ...makeAsking(attempt) })
      if (!isLater(answer) || this.#shared.isOver()) return answer
      const seconds = answer.retryAfterSeconds ?? 1
      const plannedMs = await planWaitMs()
      if (plannedMs === null) return answer
      await sleep(Math.max(plannedMs, seconds * 1000 * (1 + this.#shared.roll() * 0.5)))
      // A phone that is told to come later has planned another instant.
      if (plannedMs > 0) dueMs = this.#shared.nowMs()
    }
  }
}

function isLater({ status, body }: WireAnswer): boolean {
  return [0, 429, 503].includes(status) || (status === 409 && body.includes('"in-progress"'))
}

function readSaid({ act, answer: { status, body } }: { act: Act; answer: WireAnswer }): string {
  if (act === 'enter' || act === 'return') return status < 300 ? readField(body, 'receipt') : ''
  if (act === 'turn') return readField(body, status === 201 ? 'expiresAt' : 'at')
  return status === 201 ? readField(body, 'id') : ''
}
