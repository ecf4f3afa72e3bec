import { parseArgs } from 'node:util'
import { COMPARISONS, type Comparison } from './comparisons'
import { CPU_ROWS, type CpuRow } from './cpu/rows'

export interface BenchOptions {
  comparisons: Comparison[]
  cpuRows: CpuRow[]
  /** Of each load whose CPU is measured. */
  requests: number
  rounds: number
  measureMs: number
  /** Too short a run to be kept among the results. */
  isQuick: boolean
}

const FULL = { rounds: 5, measureMs: 5_000, requests: 1_500, isQuick: false }
const QUICK = { rounds: 2, measureMs: 2_000, requests: 300, isQuick: true }
const IDS = [...COMPARISONS, ...CPU_ROWS].map(({ id }) => id)

export const USAGE = `Usage: npm run bench -- [--quick] [--rounds N] [--requests N] [--comparisons ${IDS.join(',')}]`

/** Null: the arguments are invalid. */
export function readOptions(args: string[]): BenchOptions | null {
  const options = {
    quick: { type: 'boolean' },
    rounds: { type: 'string' },
    requests: { type: 'string' },
    comparisons: { type: 'string' },
  } as const
  const { values, positionals } = parseArgs({ args, options, strict: false })
  const defaults = values.quick ? QUICK : FULL
  const rounds = Number(values.rounds ?? defaults.rounds)
  const requests = Number(values.requests ?? defaults.requests)
  const ids = typeof values.comparisons === 'string' ? values.comparisons.split(',') : IDS
  const comparisons = COMPARISONS.filter(({ id }) => ids.includes(id))
  const cpuRows = CPU_ROWS.filter(({ id }) => ids.includes(id))
  const isKnown = Object.keys(values).every((name) => name in options) && positionals.length === 0
  const isRounds = Number.isInteger(rounds) && rounds >= 1 && rounds <= 50
  const isRequests = Number.isInteger(requests) && requests >= 1 && requests <= 20_000
  const isFound = comparisons.length + cpuRows.length === ids.length
  if (!isKnown || !isRounds || !isRequests || !isFound) return null
  return { ...defaults, rounds, requests, comparisons, cpuRows }
}
