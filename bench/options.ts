import { parseArgs } from 'node:util'
import { COMPARISONS, type Comparison } from './comparisons'
import { CPU_ROWS, type CpuRow } from './cpu/rows'
import { OVERLOAD_ROWS, type OverloadRow } from './overload/rows'

export interface BenchOptions {
  comparisons: Comparison[]
  cpuRows: CpuRow[]
  overloadRows: OverloadRow[]
  overloadRounds: number
  /** Of each load under overload. */
  overloadSeconds: number
  /** Of each load whose CPU is measured. */
  requests: number
  rounds: number
  measureMs: number
  /** Too short a run to be kept among the results. */
  isQuick: boolean
}

const FULL = { rounds: 5, measureMs: 5_000, requests: 1_500, overloadSeconds: 60, isQuick: false }
const QUICK = { rounds: 2, measureMs: 2_000, requests: 300, overloadSeconds: 10, isQuick: true }
/** A round of them takes minutes. */
const MOST_OVERLOADS = 3
const IDS = [...COMPARISONS, ...CPU_ROWS, ...OVERLOAD_ROWS].map(({ id }) => id)

export const USAGE = `Usage: npm run bench -- [--quick] [--rounds N] [--requests N] [--overload-seconds N] [--comparisons ${IDS.join(',')}]`

/** Null: the arguments are invalid. */
export function readOptions(args: string[]): BenchOptions | null {
  const options = {
    quick: { type: 'boolean' },
    rounds: { type: 'string' },
    requests: { type: 'string' },
    'overload-seconds': { type: 'string' },
    comparisons: { type: 'string' },
  } as const
  const { values, positionals } = parseArgs({ args, options, strict: false })
  const defaults = values.quick ? QUICK : FULL
  const rounds = Number(values.rounds ?? defaults.rounds)
  const requests = Number(values.requests ?? defaults.requests)
  const overloadSeconds = Number(values['overload-seconds'] ?? defaults.overloadSeconds)
  const ids = typeof values.comparisons === 'string' ? values.comparisons.split(',') : IDS
  const comparisons = COMPARISONS.filter(({ id }) => ids.includes(id))
  const cpuRows = CPU_ROWS.filter(({ id }) => ids.includes(id))
  const overloadRows = OVERLOAD_ROWS.filter(({ id }) => ids.includes(id))
  const isKnown = Object.keys(values).every((name) => name in options) && positionals.length === 0
  const isRounds = Number.isInteger(rounds) && rounds >= 1 && rounds <= 50
  const isRequests = Number.isInteger(requests) && requests >= 1 && requests <= 20_000
  const isSeconds =
    Number.isInteger(overloadSeconds) && overloadSeconds >= 1 && overloadSeconds <= 300
  const isFound = comparisons.length + cpuRows.length + overloadRows.length === ids.length
  if (!isKnown || !isRounds || !isRequests || !isSeconds || !isFound) return null
  const overload = {
    overloadRows,
    overloadSeconds,
    overloadRounds: Math.min(rounds, MOST_OVERLOADS),
  }
  return { ...defaults, rounds, requests, comparisons, cpuRows, ...overload }
}
