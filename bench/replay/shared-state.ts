import { setTimeout as sleep } from 'node:timers/promises'
import { readField } from './answers'
import type { Act, History } from './history'
import type { Wire, WireAnswer } from './wire'

/** What every phone of a replay shares. */
export interface SharedState {
  openingId: string
  restaurantId: string
  serviceDate: string
  /**
   * Phones have a line each; here many share some. What is the same for everybody, entering, and
   * what follows from it have lines of their own, so that nobody's booking stands behind others'
   * entries.
   */
  polls: Wire
  entries: Wire
  acts: Wire
  history: History
  /** The database's clock, for the record only: phones don't have it. */
  nowMs: () => number
  roll: () => number
  /**
   * How long a poll waits at the least, so that all phones together ask no more than the edge here
   * can take.
   */
  leastPollMs: number
  counts: { polls: number }
  /** Nobody waits for ever: what has no answer by then is an error. */
  isOver: () => boolean
}

/** What is the same for everybody, as one phone asks for it. Only what failed is recorded. */
export async function poll({
  shared,
  diner,
  path,
  etag = '',
}: {
  shared: SharedState
  diner: number
  path: string
  etag?: string
}): Promise<WireAnswer> {
  const { polls, counts, history, nowMs } = shared
  counts.polls += 1
  const startMs = nowMs()
  const headers: Record<string, string> = etag ? { 'if-none-match': etag } : {}
  const answer = await polls.ask({ method: 'GET', path, headers })
  const { status, retryAfterSeconds } = answer
  if (status !== 200 && status !== 304)
    history.note({
      ...{ diner, act: 'look', key: '', dueMs: startMs, startMs, endMs: nowMs(), status },
      ...{ isCut: false, reason: readField(answer.body, 'reason'), said: '' },
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
  /** When it should have been asked; now unless said. */
  dueMs?: number
}

/** One phone's requests of its own, each of them recorded. */
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
      ...{ method, path, body: body === undefined ? '' : JSON.stringify(body) },
      headers: { authorization: `Bearer ${this.#token}`, ...headers },
      ...(cutAfterMs !== undefined && { cutAfterMs }),
    })
    const { status, retryAfterSeconds } = answer
    history.note({
      ...{ diner: this.#diner, act, key, dueMs: asking.dueMs ?? startMs, startMs, endMs: nowMs() },
      ...{ status, isCut: status === 0 && cutAfterMs !== undefined },
      reason: status >= 400 ? readField(answer.body, 'reason') : '',
      hasRetryAfter: retryAfterSeconds !== null,
      said: readSaid({ act, answer }),
    })
    return answer
  }

  /** Asks until the answer is one: what says "later" is asked later, with some jitter. */
  async pursue(makeAsking: (attempt: number) => Asking): Promise<WireAnswer> {
    const dueMs = this.#shared.nowMs()
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.ask({ dueMs, ...makeAsking(attempt) })
      if (!isLater(answer) || this.#shared.isOver()) return answer
      const seconds = answer.retryAfterSeconds ?? 1
      await sleep(seconds * 1000 * (1 + this.#shared.roll() * 0.5))
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
