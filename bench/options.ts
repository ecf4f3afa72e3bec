import { parseArgs } from 'node:util'
import { COMPARISONS, type Comparison } from './comparisons'

export interface BenchOptions {
  comparisons: Comparison[]
  rounds: number
  measureMs: number
  /** Too short a run to be kept among the results. */
  isQuick: boolean
}

const FULL = { rounds: 5, measureMs: 5_000, isQuick: false }
const QUICK = { rounds: 2, measureMs: 2_000, isQuick: true }

export const USAGE = `Usage: npm run bench -- [--quick] [--rounds N] [--comparisons ${COMPARISONS.map((comparison) => comparison.id).join(',')}]`

/** Null: the arguments are invalid. */
export function readOptions(args: string[]): BenchOptions | null {
  const options = {
    quick: { type: 'boolean' },
    rounds: { type: 'string' },
    comparisons: { type: 'string' },
  } as const
  const { values, positionals } = parseArgs({ args, options, strict: false })
  const defaults = values.quick ? QUICK : FULL
  const rounds = Number(values.rounds ?? defaults.rounds)
  const ids =
    typeof values.comparisons === 'string'
      ? values.comparisons.split(',')
      : COMPARISONS.map((comparison) => comparison.id)
  const comparisons = COMPARISONS.filter((comparison) => ids.includes(comparison.id))
  const isKnown = Object.keys(values).every((name) => name in options) && positionals.length === 0
  const isRounds = Number.isInteger(rounds) && rounds >= 1 && rounds <= 50
  if (!isKnown || !isRounds || comparisons.length !== ids.length) return null
  return { ...defaults, rounds, comparisons }
}
