import { setTimeout as sleep } from 'node:timers/promises'
import { openClient } from './client'
import type { LoadPlan, LoadReport } from './plan'
import { type Asked, makeRequests } from './requests'
import { Tally } from './tally'

export interface LoadOrder {
  plan: LoadPlan
  tokens: string[]
  /** So that no two loads of a run use the same diner on one date, nor the same key. */
  firstDiner: number
}

interface Course {
  plan: LoadPlan
  startMs: number
  untilMs: number
  /** Null when there is nothing left to ask. */
  next: () => Asked | null
  /** Sends the request and tallies its outcome. */
  send: (input: { asked: Asked; dueMs: number }) => Promise<void>
}

/**
 * Runs one load to its end and waits for every answer, so that the next begins on a quiet stack.
 */
export async function runLoad({ plan, tokens, firstDiner }: LoadOrder): Promise<LoadReport> {
  const requests = makeRequests({ plan: plan.requests, tokens, firstDiner })
  const client = openClient()
  const origins = plan.origins.map((origin) => new URL(origin))
  const startMs = performance.now()
  const untilMs = startMs + plan.settleMs + plan.measureMs
  const fromMs = startMs + plan.settleMs
  const tally = new Tally({ expected: plan.expected, fromMs, untilMs })
  let sent = 0
  const next = () => {
    const asked = sent < plan.mostRequests ? requests(sent) : null
    if (asked) sent += 1
    else tally.cutShort(performance.now())
    return asked
  }
  const send = async ({ asked, dueMs }: { asked: Asked; dueMs: number }) => {
    const origin = origins[sent % origins.length]
    if (!origin) throw new Error('a load needs an origin')
    tally.noteAsked({ dueMs, nowMs: performance.now() })
    const answer = await client.ask({ origin, asked })
    tally.noteAnswer({ dueMs, nowMs: performance.now(), answer })
  }
  const course: Course = { plan, startMs, untilMs, next, send }
  const { pace } = plan
  await (pace.kind === 'open'
    ? keepRate({ course, perSecond: pace.perSecond })
    : keepBusy({ course, connections: pace.connections }))
  client.close()
  return tally.report()
}

/** Starts what is due at each tick of a millisecond clock. */
async function keepRate({
  course,
  perSecond,
}: {
  course: Course
  perSecond: number
}): Promise<void> {
  const { startMs, untilMs, next, send } = course
  const open = new Set<Promise<void>>()
  const everyMs = 1000 / perSecond
  let dueMs = startMs
  let asked: Asked | null = null
  do {
    for (; dueMs <= performance.now() && dueMs < untilMs; dueMs += everyMs) {
      asked = next()
      if (!asked) break
      const sending = send({ asked, dueMs })
      open.add(sending)
      void sending.then(() => open.delete(sending))
    }
    await sleep(1)
  } while (asked && dueMs < untilMs)
  await Promise.all(open)
}

async function keepBusy({
  course,
  connections,
}: {
  course: Course
  connections: number
}): Promise<void> {
  const { untilMs, next, send } = course
  const askOnAndOn = async () => {
    while (performance.now() < untilMs) {
      const asked = next()
      if (!asked) return
      await send({ asked, dueMs: performance.now() })
    }
  }
  await Promise.all(Array.from({ length: connections }, askOnAndOn))
}
