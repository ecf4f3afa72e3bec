import type { LoadName } from '../loads'
import { describeSpread, type Spread } from '../statistics'
import { type CpuTimes, sumCpu } from './meter'

/** One row: CPU per request of one load ÷ that of another, B0 unless it is named. */
export interface CpuRow {
  id: string
  title: string
  of: LoadName
  against: LoadName
  pass: number
  aim: number
}

const B0 = { against: 'echo' } as const

export const CPU_ROWS: CpuRow[] = [
  { ...B0, id: 'cpu-win', title: 'booking that wins', of: 'hot', pass: 2.8, aim: 2 },
  {
    ...B0,
    id: 'cpu-ticket',
    title: 'ticket taken in one hot line',
    of: 'ticket',
    pass: 2.5,
    aim: 1.9,
  },
  { ...B0, id: 'cpu-entry', title: 'entry to an opening', of: 'entry', pass: 1.25, aim: 1 },
  { ...B0, id: 'cpu-turn', title: 'turn', of: 'turn', pass: 1.3, aim: 1.1 },
  {
    ...B0,
    id: 'cpu-refusal',
    title: 'refusal because sold out',
    of: 'soldOut',
    pass: 1.3,
    aim: 1.15,
  },
  { ...B0, id: 'cpu-board', title: 'board read, plain', of: 'board', pass: 1.1, aim: 0.9 },
  {
    ...B0,
    id: 'cpu-board-compressed',
    title: 'board read, compressed',
    of: 'boardCompressed',
    pass: 1.1,
    aim: 0.9,
  },
  { ...B0, id: 'cpu-line', title: 'line read, plain', of: 'line', pass: 1.1, aim: 0.9 },
  {
    ...B0,
    id: 'cpu-line-compressed',
    title: 'line read, compressed',
    of: 'lineCompressed',
    pass: 1.1,
    aim: 0.9,
  },
  { ...B0, id: 'cpu-day', title: 'staff’s day poll, nothing new', of: 'day', pass: 1.2, aim: 1 },
  {
    id: 'cpu-processes',
    title: 'CPU per booking, two processes ÷ one',
    of: 'hotTwice',
    against: 'hot',
    pass: 1.15,
    aim: 1.05,
  },
]

/** Few, where each request is alone; many, where the server is always busy: by that it is judged. */
export const CPU_CONNECTIONS = [4, 64] as const
const JUDGED_AT = 64

/** One load at so many connections, until nothing of it was left to do. */
export interface CpuReading {
  /** The expected answers; nothing else is divided by. */
  answered: number
  others: Record<string, number>
  cpuMs: CpuTimes
}

/** Two loads that ran side by side. */
export interface CpuPair {
  rowId: string
  connections: number
  of: CpuReading
  against: CpuReading
}

export function costOf({ answered, cpuMs }: CpuReading): number {
  return answered > 0 ? sumCpu(cpuMs) / answered : Number.NaN
}

export interface CpuOutcome extends CpuRow {
  at: { connections: number; ratio: Spread; perRequestMs: CpuTimes }[]
  verdict: 'aim' | 'pass' | 'below' | 'unknown'
  others: Record<string, number>
}

/** Compares within each pair, and takes the median of the pairs. */
export function judgeCpu({ row, pairs }: { row: CpuRow; pairs: CpuPair[] }): CpuOutcome {
  const own = pairs.filter(({ rowId }) => rowId === row.id)
  const at = [...new Set(own.map(({ connections }) => connections))].map((connections) => {
    const side = own.filter((pair) => pair.connections === connections)
    const ratios = side.map(({ of, against }) => costOf(of) / costOf(against))
    return { connections, ratio: describeSpread(ratios), perRequestMs: splitByGroup(side) }
  })
  const judged = at.find(({ connections }) => connections === JUDGED_AT)?.ratio.median
  return { ...row, at, verdict: decideVerdict({ row, judged }), others: countOthers(own) }
}

function splitByGroup(side: CpuPair[]): CpuTimes {
  const of = (group: keyof CpuTimes) =>
    describeSpread(side.map((pair) => pair.of.cpuMs[group] / pair.of.answered)).median
  return {
    application: of('application'),
    postgres: of('postgres'),
    gateway: of('gateway'),
    redis: of('redis'),
  }
}

function decideVerdict({
  row: { pass, aim },
  judged,
}: {
  row: CpuRow
  judged: number | undefined
}): CpuOutcome['verdict'] {
  if (judged === undefined || Number.isNaN(judged)) return 'unknown'
  if (judged <= aim) return 'aim'
  return judged <= pass ? 'pass' : 'below'
}

function countOthers(pairs: CpuPair[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { others } of pairs.map(({ of }) => of))
    for (const [what, count] of Object.entries(others)) counts[what] = (counts[what] ?? 0) + count
  return counts
}

/**
 * What must be known before figures are believed: one for each number of connections at which B0
 * itself varied by more than a third.
 */
export function warnOfCpu(pairs: CpuPair[]): string[] {
  const isOfB0 = ({ rowId }: CpuPair) =>
    CPU_ROWS.some(({ id, against }) => id === rowId && against === 'echo')
  return CPU_CONNECTIONS.flatMap((connections) => {
    const own = pairs.filter((pair) => pair.connections === connections && isOfB0(pair))
    const costs = own.map(({ against }) => costOf(against))
    return warnOfBaseline({ figures: costs, what: `B0’s CPU at ${connections} connections` })
  })
}

const UNSTEADY = 4 / 3

/** Of figures of one thing on one machine, which ought to be the same each time. */
export function warnOfBaseline({ figures, what }: { figures: number[]; what: string }): string[] {
  const { least, most } = describeSpread(figures)
  if (figures.length === 0 || most <= least * UNSTEADY) return []
  return [
    `**${what} varied from ${least.toPrecision(3)} to ${most.toPrecision(3)}, by more than a third: the machine was not steady.**`,
  ]
}
