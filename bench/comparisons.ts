import { warnOfBaseline } from './cpu/rows'
import type { LoadReport } from './generator/plan'
import type { LoadName } from './loads'
import { describeSpread, type Spread } from './statistics'

/** One line of the table: a figure of one load against the same figure of another. */
export interface Comparison {
  id: string
  title: string
  of: LoadName
  against: LoadName
  figure: 'throughput' | 'p99' | 'p99-added'
  isMoreBetter: boolean
  pass: number
  aim: number
}

const throughput = { figure: 'throughput', isMoreBetter: true } as const

export const COMPARISONS: Comparison[] = [
  {
    ...throughput,
    id: 'hot',
    title: 'booking on one hot service date ÷ B2, throughput',
    of: 'hot',
    against: 'redisLock',
    pass: 3,
    aim: 6,
  },
  {
    id: 'hot-p99',
    title: 'the same, p99 ÷ p99 of B2',
    figure: 'p99',
    isMoreBetter: false,
    of: 'hotAtRate',
    against: 'redisLockAtRate',
    pass: 0.3,
    aim: 0.15,
  },
  {
    ...throughput,
    id: 'win',
    title: 'booking that wins ÷ B0',
    of: 'hot',
    against: 'echo',
    pass: 0.35,
    aim: 0.55,
  },
  {
    ...throughput,
    id: 'refusal',
    title: 'refusal because sold out ÷ B0',
    of: 'soldOut',
    against: 'echo',
    pass: 0.8,
    aim: 0.9,
  },
  {
    ...throughput,
    id: 'ticket',
    title: 'ticket taken in one hot line ÷ B0',
    of: 'ticket',
    against: 'echo',
    pass: 0.35,
    aim: 0.5,
  },
  {
    ...throughput,
    id: 'line',
    title: 'line read ÷ B1',
    of: 'line',
    against: 'staticPage',
    pass: 0.5,
    aim: 0.8,
  },
  {
    ...throughput,
    id: 'board',
    title: 'board read ÷ B1',
    of: 'board',
    against: 'staticPage',
    pass: 0.5,
    aim: 0.8,
  },
  {
    ...throughput,
    id: 'spread',
    title: 'hot service date ÷ forty spread dates',
    of: 'hot',
    against: 'spread',
    pass: 0.5,
    aim: 0.6,
  },
  {
    ...throughput,
    id: 'processes',
    title: 'two processes ÷ one, board reads',
    of: 'boardTwice',
    against: 'board',
    pass: 1.4,
    aim: 1.7,
  },
  {
    ...throughput,
    // More than half of a booking's work is done outside the process, on the same two cores.
    id: 'processes-booking',
    title: 'two processes ÷ one, bookings',
    of: 'hotTwice',
    against: 'hot',
    pass: 1.4,
    aim: 1.7,
  },
  {
    id: 'redis-hung',
    title: 'p99 of booking with Redis hung, above healthy (ms)',
    figure: 'p99-added',
    isMoreBetter: false,
    of: 'hungAtRate',
    against: 'hotAtRate',
    pass: 250,
    aim: 150,
  },
]

/** B0 shows how steady the machine was: one warning at most. */
export function warnOfThroughput({ echo = [] }: Reports): string[] {
  const figures = echo.map(({ answeredPerSecond }) => answeredPerSecond)
  return warnOfBaseline({ figures, what: 'B0’s throughput' })
}

export type Reports = Partial<Record<LoadName, LoadReport[]>>

/** A figure that is to reach a mark. */
interface Measured {
  title: string
  isMoreBetter: boolean
  pass: number
  aim: number
}

/** A line of the table of ratios. */
export interface Judged extends Measured, Spread {
  verdict: 'aim' | 'pass' | 'below'
}

export interface Outcome extends Comparison, Judged {
  perRound: number[]
}

/** Compares within each round, so that a machine that slows down slows both sides. */
export function judge({
  comparison,
  reports,
}: {
  comparison: Comparison
  reports: Reports
}): Outcome {
  const others = reports[comparison.against] ?? []
  const perRound = (reports[comparison.of] ?? []).flatMap((report, round) => {
    const other = others[round]
    return other ? [compare({ figure: comparison.figure, report, other })] : []
  })
  const spread = describeSpread(perRound)
  return { ...comparison, perRound, ...judgeSpread({ what: comparison, spread }) }
}

export function judgeSpread({ what, spread }: { what: Measured; spread: Spread }): Judged {
  const { title, isMoreBetter, pass, aim } = what
  const { median } = spread
  const reaches = (target: number) => (isMoreBetter ? median >= target : median <= target)
  const otherwise = reaches(pass) ? 'pass' : 'below'
  const verdict = reaches(aim) ? 'aim' : otherwise
  return { title, isMoreBetter, pass, aim, ...spread, verdict }
}

function compare({
  figure,
  report,
  other,
}: {
  figure: Comparison['figure']
  report: LoadReport
  other: LoadReport
}): number {
  switch (figure) {
    case 'throughput':
      return report.answeredPerSecond / other.answeredPerSecond
    case 'p99':
      return report.p99Ms / other.p99Ms
    case 'p99-added':
      return report.p99Ms - other.p99Ms
  }
}

/** The loads that these comparisons need, and no others. */
export function listLoads(comparisons: Comparison[]): Set<LoadName> {
  return new Set(comparisons.flatMap((comparison) => [comparison.of, comparison.against]))
}
