import { setTimeout as sleep } from 'node:timers/promises'
import { Wire, type WireAnswer } from '../replay/wire'
import { percentile } from '../statistics'
import { type Latency, makeWishes, type OverloadPlan, type OverloadReport, type Wish } from './plan'

/** More than the process works on at a time, so that connections never hold a request back. */
const CONNECTIONS = 768

export interface OverloadOrder {
  plan: OverloadPlan
  tokens: string[]
  /** So that no two loads of a run use one key. */
  firstKey: number
}

interface Course {
  startMs: number
  untilMs: number
  /** Null: every seat is sold, or asked for at this moment. */
  next: () => Wish | null
  send: (wish: Wish, dueMs: number) => Promise<void>
}

/** Runs one load to its end and waits for every answer. */
export async function runOverload({ plan, tokens, firstKey }: OverloadOrder) {
  const wire = new Wire({ urls: [plan.origin], most: CONNECTIONS })
  // As a proxy keeps them.
  await wire.open()
  const startMs = performance.now()
  const fromMs = startMs + plan.settleMs
  const untilMs = fromMs + plan.measureMs
  const wishes = makeWishes({ ...plan, tokens, firstKey })
  const tally = new OverloadTally({ fromMs, untilMs })
  let first = 0
  const next = () => {
    const wish = wishes[first]
    first += 1
    if (!wish) tally.isCutShort = true
    return wish ?? null
  }
  const send = async (wish: Wish, dueMs: number) => {
    tally.noteAsked({ dueMs, nowMs: performance.now() })
    const headers = { authorization: `Bearer ${wish.token}`, 'idempotency-key': wish.key }
    const path = '/api/v1/reservations'
    const answer = await wire.ask({ method: 'POST', path, headers, body: wish.body })
    tally.noteAnswer({ dueMs, nowMs: performance.now(), answer })
    if (answer.status === 503) wishes.push(wish)
  }
  const course = { startMs, untilMs, next, send }
  const cpuBefore = process.cpuUsage()
  const { pace } = plan
  await (pace.kind === 'open'
    ? keepRate({ course, perSecond: pace.perSecond })
    : keepBusy({ course, connections: pace.connections }))
  const { user, system } = process.cpuUsage(cpuBefore)
  wire.close()
  return tally.report((user + system) / 1000 / (performance.now() - startMs))
}

async function keepRate({ course, perSecond }: { course: Course; perSecond: number }) {
  const { startMs, untilMs, next, send } = course
  const open = new Set<Promise<void>>()
  const everyMs = 1000 / perSecond
  let dueMs = startMs
  let wish: Wish | null = null
  do {
    for (; dueMs <= performance.now() && dueMs < untilMs; dueMs += everyMs) {
      wish = next()
      if (!wish) break
      const sending = send(wish, dueMs)
      open.add(sending)
      void sending.then(() => open.delete(sending))
    }
    await sleep(1)
  } while (wish && dueMs < untilMs)
  await Promise.all(open)
}

async function keepBusy({ course, connections }: { course: Course; connections: number }) {
  const { untilMs, next, send } = course
  const askOnAndOn = async () => {
    while (performance.now() < untilMs) {
      const wish = next()
      if (!wish) return
      await send(wish, performance.now())
    }
  }
  await Promise.all(Array.from({ length: connections }, askOnAndOn))
}

class OverloadTally {
  isCutShort = false
  readonly #fromMs: number
  readonly #untilMs: number
  readonly #wonMs: number[] = []
  readonly #refusedMs: number[] = []
  readonly #others: Record<string, number> = {}
  #asked = 0
  #won = 0
  #lateMs = 0

  constructor({ fromMs, untilMs }: { fromMs: number; untilMs: number }) {
    this.#fromMs = fromMs
    this.#untilMs = untilMs
  }

  noteAsked({ dueMs, nowMs }: { dueMs: number; nowMs: number }): void {
    if (!this.#isInside(dueMs)) return
    this.#asked += 1
    this.#lateMs = Math.max(this.#lateMs, nowMs - dueMs)
  }

  noteAnswer({
    dueMs,
    nowMs,
    answer: { status, retryAfterSeconds },
  }: {
    dueMs: number
    nowMs: number
    answer: WireAnswer
  }): void {
    if (status === 201 && this.#isInside(nowMs)) this.#won += 1
    if (!this.#isInside(dueMs)) return
    if (status === 201) this.#wonMs.push(nowMs - dueMs)
    else if (status === 503 && retryAfterSeconds !== null) this.#refusedMs.push(nowMs - dueMs)
    else this.#others[status || 'no answer'] = (this.#others[status || 'no answer'] ?? 0) + 1
  }

  report(generatorShare: number): OverloadReport {
    const seconds = (this.#untilMs - this.#fromMs) / 1000
    return {
      askedPerSecond: this.#asked / seconds,
      wonPerSecond: this.#won / seconds,
      refusedPerSecond: this.#refusedMs.length / seconds,
      others: this.#others,
      wonMs: describe(this.#wonMs),
      refusedMs: describe(this.#refusedMs),
      lateMs: this.#lateMs,
      generatorShare,
      isCutShort: this.isCutShort,
    }
  }

  #isInside(instantMs: number): boolean {
    return instantMs >= this.#fromMs && instantMs < this.#untilMs
  }
}

function describe(latenciesMs: number[]): Latency {
  const sorted = latenciesMs.sort((one, other) => one - other)
  return { p50: percentile({ sorted, share: 0.5 }), p99: percentile({ sorted, share: 0.99 }) }
}
