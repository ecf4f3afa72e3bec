import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadPlan, LoadReport, Pace } from './generator/plan'
import { countDates, findLoad, type LoadName, planRequests, type Supply } from './loads'
import { makeRestaurants, openLine, sellOut } from './restaurants'
import type { BenchStack } from './stack'

const SETTLE_MS = 500
/** How many stand in line where the line is read. */
const WAITING = 50

/** What every load of a run may use. */
export interface Environment {
  stack: BenchStack
  fixed: Omit<Supply, 'dates'>
}

export interface Measurement {
  environment: Environment
  name: LoadName
  pace: Pace
  measureMs: number
  /** Bounds the requests, and how many seats are made for them. */
  mostPerSecond: number
}

export async function prepareEnvironment(stack: BenchStack): Promise<Environment> {
  const { pool } = stack
  const [soldOut, unsold] = await makeRestaurants({ pool, count: 2 })
  if (!soldOut || !unsold) throw new Error('expected two restaurants')
  await openLine({ pool, restaurant: unsold, parties: WAITING })
  await sellOut({ pool, date: soldOut })
  return { stack, fixed: { soldOut, unsold } }
}

/** One load from its first request until the stack is quiet again, on unused seats. */
export async function measureLoad(measurement: Measurement): Promise<LoadReport> {
  const { environment, name, pace, measureMs, mostPerSecond } = measurement
  const { stack, fixed } = environment
  const kind = findLoad(name)
  const mostRequests = Math.ceil((mostPerSecond * (measureMs + SETTLE_MS)) / 1000)
  const count = countDates({ kind, requests: mostRequests })
  const dates = count > 0 ? await makeRestaurants({ pool: stack.pool, count }) : []
  if (kind.asks === 'tickets-of-one-line' && dates[0])
    await openLine({ pool: stack.pool, restaurant: dates[0] })
  await stack.pool.query('ANALYZE')
  const plan: LoadPlan = {
    origins: stack.apps.slice(0, kind.processes).map((app) => app.url),
    requests: planRequests({ kind, supply: { ...fixed, dates } }),
    pace,
    expected: kind.expected,
    settleMs: SETTLE_MS,
    measureMs,
    mostRequests,
  }
  stack.hangRedis(kind.isRedisHung === true)
  try {
    return await stack.generator.run(plan)
  } finally {
    stack.hangRedis(false)
    // The work after a response, and the pause after Redis' failures, end before the next load.
    await sleep(kind.isRedisHung ? 1_500 : 250)
  }
}
