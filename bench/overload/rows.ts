import { type Judged, judgeSpread } from '../comparisons'
import { describeSpread } from '../statistics'
import type { OverloadReport } from './plan'

/** What is left of the peak when so many times as much is asked. */
export interface OverloadRow {
  id: string
  times: number
  pass: number
  aim: number
}

export const OVERLOAD_ROWS: OverloadRow[] = [
  { id: 'overload-4', times: 4, pass: 0.9, aim: 0.95 },
  { id: 'overload-10', times: 10, pass: 0.6, aim: 0.7 },
]

/** The median of those that are refused. */
const REFUSED_WITHIN = { pass: 100, aim: 50 }

/** One round: the peak, then each row's load. */
export interface OverloadRound {
  peak: OverloadReport
  loads: { rowId: string; report: OverloadReport }[]
}

export function judgeOverload({
  row,
  rounds,
}: {
  row: OverloadRow
  rounds: OverloadRound[]
}): Judged[] {
  const pairs = rounds.flatMap(({ peak, loads }) =>
    loads.flatMap(({ rowId, report }) => (rowId === row.id ? [{ peak, report }] : [])),
  )
  const goodput = {
    title: `goodput at ${row.times} × overload ÷ peak`,
    isMoreBetter: true,
    pass: row.pass,
    aim: row.aim,
  }
  const refused = {
    title: `the same, refused within, median (ms)`,
    isMoreBetter: false,
    ...REFUSED_WITHIN,
  }
  const shares = pairs.map(({ peak, report }) => report.wonPerSecond / peak.wonPerSecond)
  const medians = pairs.map(({ report }) => report.refusedMs.p50)
  return [
    judgeSpread({ what: goodput, spread: describeSpread(shares) }),
    judgeSpread({ what: refused, spread: describeSpread(medians) }),
  ]
}

export function describeOverload(report: OverloadReport): string {
  const {
    askedPerSecond,
    wonPerSecond,
    refusedPerSecond,
    wonMs,
    refusedMs,
    others,
    generatorShare,
  } = report
  const strange = Object.entries(others).map(([what, count]) => `${count} × ${what}`)
  return [
    `${Math.round(askedPerSecond)}/s asked, ${Math.round(wonPerSecond)}/s won, ${Math.round(refusedPerSecond)}/s refused`,
    `won p50 ${Math.round(wonMs.p50)} ms, p99 ${Math.round(wonMs.p99)} ms`,
    `refused p50 ${Math.round(refusedMs.p50)} ms, p99 ${Math.round(refusedMs.p99)} ms`,
    `generator ${Math.round(generatorShare * 100)} % of a processor, late by ${Math.round(report.lateMs)} ms at most`,
    ...strange,
    ...(report.isCutShort ? ['out of seats early'] : []),
  ].join(' · ')
}
