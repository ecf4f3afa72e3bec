import type { Pace } from './generator/plan'
import { findLoad, type LoadName } from './loads'
import { type Environment, measureLoad } from './measurement'

/** More than any load here has ever reached; bounds the requests of an unknown load. */
const MOST_PER_SECOND = 3_000
const CALIBRATE_MS = 2_000
/** Each load is saturated with the best of these. */
const CONNECTIONS = [16, 64, 192]
/** The rate at which latencies are compared, as a share of the slowest load's capacity. */
const RATE_SHARE = 0.6
/** How far a load may exceed its calibration before its seats run out. */
const HEADROOM = 1.6

export interface Calibration {
  pace: Pace
  mostPerSecond: number
}
export type Calibrations = Partial<Record<LoadName, Calibration>>

/**
 * Warms every path, and finds what saturates each load and the rate that the fixed-rate loads
 * share.
 */
export async function calibrate({
  environment,
  names,
  report,
}: {
  environment: Environment
  names: LoadName[]
  report: (line: string) => void
}): Promise<Calibrations> {
  const bases = names.map((name) => findLoad(name).withinCapacityOf ?? name)
  const capacities = new Map<LoadName, Capacity>()
  for (const name of new Set(bases)) {
    const capacity = await findCapacity({ environment, name })
    capacities.set(name, capacity)
    const { perSecond, connections } = capacity
    report(`calibrated · ${findLoad(name).title}: ${Math.round(perSecond)}/s by ${connections}`)
  }
  return choosePaces({ names, capacities })
}

interface Capacity {
  perSecond: number
  connections: number
}

async function findCapacity({
  environment,
  name,
}: {
  environment: Environment
  name: LoadName
}): Promise<Capacity> {
  const ask = async (connections: number): Promise<Capacity> => {
    const { answeredPerSecond: perSecond } = await measureLoad({
      environment,
      name,
      pace: { kind: 'saturating', connections },
      measureMs: CALIBRATE_MS,
      mostPerSecond: MOST_PER_SECOND,
    })
    return { perSecond, connections }
  }
  // The first run is for the compiler: code that has not run often is slow.
  let best = await ask(64)
  best.perSecond = 0
  for (const connections of CONNECTIONS) {
    const found = await ask(connections)
    if (found.perSecond > best.perSecond) best = found
  }
  return best
}

function choosePaces({
  names,
  capacities,
}: {
  names: LoadName[]
  capacities: Map<LoadName, Capacity>
}): Calibrations {
  const capacityOf = (name: LoadName) => capacities.get(name) ?? { perSecond: 0, connections: 0 }
  const bases = names.flatMap((name) => findLoad(name).withinCapacityOf ?? [])
  const slowest = Math.min(...bases.map((name) => capacityOf(name).perSecond))
  const rate = Math.max(1, Math.floor(slowest * RATE_SHARE))
  const choose = (name: LoadName): Calibration => {
    if (findLoad(name).withinCapacityOf) {
      return { pace: { kind: 'open', perSecond: rate }, mostPerSecond: rate + 1 }
    }
    const { perSecond, connections } = capacityOf(name)
    return { pace: { kind: 'saturating', connections }, mostPerSecond: perSecond * HEADROOM }
  }
  return Object.fromEntries(names.map((name) => [name, choose(name)]))
}
