import { percentile } from '../statistics'
import type { Answer } from './client'
import type { Expectation, LoadReport } from './plan'

/** What happened between two instants of the monotonic clock. */
export class Tally {
  readonly #expected: Expectation
  readonly #fromMs: number
  #untilMs: number
  readonly #latenciesMs: number[] = []
  readonly #others: Record<string, number> = {}
  #asked = 0
  #answeredInTime = 0
  #lateMs = 0
  #isCutShort = false

  constructor(span: { expected: Expectation; fromMs: number; untilMs: number }) {
    this.#expected = span.expected
    this.#fromMs = span.fromMs
    this.#untilMs = span.untilMs
  }

  noteAsked({ dueMs, nowMs }: { dueMs: number; nowMs: number }): void {
    if (!this.#isInside(dueMs)) return
    this.#lateMs = Math.max(this.#lateMs, nowMs - dueMs)
    if (this.#isInside(nowMs)) this.#asked += 1
  }

  noteAnswer({ dueMs, nowMs, answer }: { dueMs: number; nowMs: number; answer: Answer }): void {
    const { status, reason } = this.#expected
    const isExpected = answer.status === status && (!reason || answer.reason === reason)
    if (!isExpected) {
      const name = `${answer.status || 'no answer'} ${answer.reason}`.trim()
      this.#others[name] = (this.#others[name] ?? 0) + 1
      return
    }
    if (this.#isInside(nowMs)) this.#answeredInTime += 1
    if (this.#isInside(dueMs)) this.#latenciesMs.push(nowMs - dueMs)
  }

  /** Nothing was left to ask: later answers belong to no full load. */
  cutShort(nowMs: number): void {
    this.#isCutShort = true
    this.#untilMs = Math.min(this.#untilMs, nowMs)
  }

  report(): LoadReport {
    const seconds = (this.#untilMs - this.#fromMs) / 1000
    const perSecond = (count: number) => (seconds > 0 ? count / seconds : 0)
    const sorted = this.#latenciesMs.sort((one, other) => one - other)
    return {
      askedPerSecond: perSecond(this.#asked),
      answeredPerSecond: perSecond(this.#answeredInTime),
      answered: sorted.length,
      others: this.#others,
      p50Ms: percentile({ sorted, share: 0.5 }),
      p99Ms: percentile({ sorted, share: 0.99 }),
      maxMs: sorted.at(-1) ?? 0,
      lateMs: this.#lateMs,
      isCutShort: this.#isCutShort,
    }
  }

  #isInside(instantMs: number): boolean {
    return instantMs >= this.#fromMs && instantMs < this.#untilMs
  }
}
