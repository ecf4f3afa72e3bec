import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadPlan, LoadReport, Pace } from './generator/plan'
import {
  countDates,
  findLoad,
  type LoadKind,
  type LoadName,
  planRequests,
  type Supply,
} from './loads'
import { enterOpening, makeOpening } from './openings'
import { employFirstDiner, freeDiners, makeRestaurants, openLine, sellOut } from './restaurants'
import type { BenchStack } from './stack'

const SETTLE_MS = 500
/** How many stand in line where the line is read. */
const WAITING = 50

/** What every load of a run may use. */
export interface Environment {
  stack: BenchStack
  fixed: Pick<Supply, 'soldOut' | 'unsold'>
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
  await employFirstDiner({ pool, ...soldOut })
  return { stack, fixed: { soldOut, unsold } }
}

/** Makes what one load uses up, and says what it asks for. */
export async function prepareRequests({
  environment: { stack, fixed },
  kind,
  mostRequests,
}: {
  environment: Environment
  kind: LoadKind
  mostRequests: number
}): Promise<Pick<LoadPlan, 'origins' | 'requests' | 'expected'>> {
  const { pool, apps } = stack
  const origins = apps.slice(0, kind.processes).map((app) => app.url)
  const count = countDates({ kind, requests: mostRequests })
  if (count > 0) await freeDiners(pool)
  const dates = count > 0 ? await makeRestaurants({ pool, count }) : []
  if (kind.asks === 'tickets-of-one-line' && dates[0])
    await openLine({ pool, restaurant: dates[0] })
  const day = kind.asks === 'day' ? await readDay({ stack, fixed }) : { token: '', etag: '' }
  const opening = await prepareOpening({ stack, kind, mostRequests })
  await pool.query('ANALYZE')
  const requests = planRequests({ kind, supply: { ...fixed, dates, day, opening } })
  return { origins, requests, expected: kind.expected }
}

async function prepareOpening({
  stack,
  kind,
  mostRequests,
}: {
  stack: BenchStack
  kind: LoadKind
  mostRequests: number
}): Promise<Supply['opening']> {
  if (kind.asks === 'entries-of-one-opening')
    return { id: await makeOpening({ ...stack, isDrawn: false }), holders: [] }
  if (kind.asks !== 'turns-of-one-opening') return { id: '', holders: [] }
  const id = await makeOpening({ ...stack, isDrawn: true })
  return { id, holders: await enterOpening({ ...stack, id, count: mostRequests }) }
}

async function readDay({ stack, fixed: { soldOut } }: Environment): Promise<Supply['day']> {
  const [token = ''] = stack.tokens
  const path = `/api/v1/restaurants/${soldOut.restaurantId}/day?date=${soldOut.serviceDate}`
  const headers = { authorization: `Bearer ${token}` }
  const read = await fetch(`${stack.apps[0].url}${path}`, { headers })
  const etag = read.headers.get('etag')
  if (!read.ok || !etag) throw new Error(`the staff’s day answered ${read.status}`)
  return { token, etag }
}

/** One load from its first request until the stack is quiet again, on unused seats. */
export async function measureLoad(measurement: Measurement): Promise<LoadReport> {
  const { environment, name, pace, measureMs, mostPerSecond } = measurement
  const { stack } = environment
  const kind = findLoad(name)
  const mostRequests = Math.ceil((mostPerSecond * (measureMs + SETTLE_MS)) / 1000)
  const prepared = await prepareRequests({ environment, kind, mostRequests })
  const plan: LoadPlan = { ...prepared, pace, settleMs: SETTLE_MS, measureMs, mostRequests }
  await stack.hangRedis(kind.isRedisHung === true)
  try {
    return await stack.generator.run(plan)
  } finally {
    await stack.hangRedis(false)
    // The work after a response, and the pause after Redis' failures, end before the next load.
    await sleep(kind.isRedisHung ? 1_500 : 250)
  }
}
