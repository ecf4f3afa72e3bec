import type { Calibrations } from './calibration'
import type { Judged, Outcome, Reports } from './comparisons'
import type { CpuOutcome, CpuPair } from './cpu/rows'
import { tabulateCpu } from './cpu/table'
import type { LoadReport } from './generator/plan'
import { findLoad, LOAD_NAMES, type LoadName } from './loads'
import type { Circumstances } from './machine'
import type { OverloadRound } from './overload/rows'
import { describeOverload } from './overload/rows'
import { describeSpread, show } from './statistics'

export interface BenchResult {
  circumstances: Circumstances
  rounds: number
  measureMs: number
  /** Of each load whose CPU was measured. */
  requests: number
  outcomes: Outcome[]
  cpu: CpuOutcome[]
  /** What is left of the peak under overload. */
  overload: Judged[]
  overloadRounds: OverloadRound[]
  cpuPairs: CpuPair[]
  /** Why these figures are worth less than they look. */
  warnings: string[]
  calibrations: Calibrations
  reports: Reports
}

/** The whole report as Markdown. */
export function writeReport(result: BenchResult): string {
  const { circumstances, rounds, measureMs, requests } = result
  const { startedAt, commit, machine, loadBefore, versions } = circumstances
  const listed = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    `# Benchmark of ${startedAt.slice(0, 10)}, commit ${commit}`,
    `${machine}; load average before: ${loadBefore.toFixed(2)}. ${listed.join(', ')}.`,
    `${rounds} rounds, ${measureMs / 1000} s each load, ${requests} requests where CPU is measured. Medians over the rounds, in brackets the range. What a comparison means: docs/benchmarks.md.`,
    tabulateAll(result),
    tabulateLoads(result),
    listOverload(result),
  ].join('\n\n')
}

/** The warnings, what was measured of CPU, and the ratios of throughput and latency. */
export function tabulateAll({ warnings, cpu, outcomes, overload }: BenchResult): string {
  const tables = [
    cpu.length > 0 && tabulateCpu(cpu),
    outcomes.length + overload.length > 0 && tabulateRatios([...outcomes, ...overload]),
  ]
  return [...warnings, ...tables.filter((table) => table !== false)].join('\n\n')
}

function listOverload({ overloadRounds }: BenchResult): string {
  return overloadRounds
    .flatMap(({ peak, loads }) => [
      `- peak: ${describeOverload(peak)}`,
      ...loads.map(({ rowId, report }) => `- ${rowId}: ${describeOverload(report)}`),
    ])
    .join('\n')
}

function tabulateRatios(outcomes: Judged[]): string {
  const lines = outcomes.map((outcome) => {
    const { title, isMoreBetter, pass, aim, median, least, most, verdict } = outcome
    const sign = isMoreBetter ? '≥' : '≤'
    const range = `${show(median)} (${show(least)} – ${show(most)})`
    return `| ${title} | ${range} | ${sign} ${pass} | ${sign} ${aim} | ${verdict} |`
  })
  return ['| what | measured | pass | aim | reached |', '|---|---|---|---|---|', ...lines].join(
    '\n',
  )
}

function tabulateLoads({ reports, calibrations }: BenchResult): string {
  const lines = LOAD_NAMES.flatMap((name) => {
    const all = reports[name]
    return all ? [describeLoad({ name, all, calibrations })] : []
  })
  const head =
    '| load | how it was asked | asked/s | answered/s | p50 ms | p99 ms | anything else |'
  return [head, '|---|---|---|---|---|---|---|', ...lines].join('\n')
}

function describeLoad({
  name,
  all,
  calibrations,
}: {
  name: LoadName
  all: LoadReport[]
  calibrations: Calibrations
}): string {
  const pace = calibrations[name]?.pace
  const asked =
    pace?.kind === 'open'
      ? `open loop, ${pace.perSecond}/s`
      : `${pace?.connections ?? 0} connections`
  const figures = (['askedPerSecond', 'answeredPerSecond', 'p50Ms', 'p99Ms'] as const).map(
    (figure) => {
      const { median, least, most } = describeSpread(all.map((report) => report[figure]))
      return `${show(median)} (${show(least)} – ${show(most)})`
    },
  )
  return `| ${[findLoad(name).title, asked, ...figures, listOthers(all)].join(' | ')} |`
}

function listOthers(all: LoadReport[]): string {
  const counts = new Map<string, number>()
  for (const { others } of all) {
    for (const [what, count] of Object.entries(others))
      counts.set(what, (counts.get(what) ?? 0) + count)
  }
  const cut = all.filter((report) => report.isCutShort).length
  const parts = [...counts].map(([what, count]) => `${count} × ${what}`)
  if (cut > 0) parts.push(`${cut} × out of seats early`)
  return parts.join(', ') || 'nothing'
}
