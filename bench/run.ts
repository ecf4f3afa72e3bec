import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Progress } from '@/local/progress.mjs'
import { type AddStop, runWithStops } from '@/local/run-with-stops'
import { judge, warnOfThroughput } from './comparisons'
import { runCpuRounds } from './cpu/course'
import { judgeCpu, warnOfCpu } from './cpu/rows'
import { describeCircumstances } from './machine'
import { type BenchOptions, readOptions, USAGE } from './options'
import { runOverloadRounds } from './overload/course'
import { judgeOverload } from './overload/rows'
import { runRounds } from './rounds'
import { startBenchStack } from './stack'
import { type BenchResult, tabulateAll, writeReport } from './table'

const RESULTS = path.join(import.meta.dirname, 'results')
const GLANCES = path.resolve(import.meta.dirname, '../.local/bench/results')

/** Measures, prints and saves the table, and returns the exit code. */
export async function runBench({
  progress,
  args,
}: {
  progress: Progress
  args: string[]
}): Promise<number> {
  const options = readOptions(args)
  if (!options) throw new Error(USAGE)
  const result = await runWithStops({
    progress,
    work: (addStop) => measure({ options, progress, addStop }),
  })
  const file = keep({ result, isQuick: options.isQuick })
  progress.say(`\n${tabulateAll(result)}\n\nThe whole of it is in ${file}`)
  return 0
}

async function measure({
  options,
  progress,
  addStop,
}: {
  options: BenchOptions
  progress: Progress
  addStop: AddStop
}): Promise<BenchResult> {
  const stack = await startBenchStack({ progress, addStop })
  const circumstances = describeCircumstances(stack.versions)
  const report = (line: string) => progress.say(`  ${line}`)
  const { rounds, measureMs, requests, comparisons, cpuRows } = options
  const cpuPairs =
    cpuRows.length > 0
      ? await runCpuRounds({ stack, addStop, rows: cpuRows, rounds, requests, report })
      : []
  const cpu = cpuRows.map((row) => judgeCpu({ row, pairs: cpuPairs }))
  const { reports, calibrations } =
    comparisons.length > 0
      ? await runRounds({ ...options, stack, report })
      : { reports: {}, calibrations: {} }
  const { overloadRows: rows, overloadRounds: most, overloadSeconds: seconds } = options
  const overloadRounds =
    rows.length > 0
      ? await runOverloadRounds({ stack, addStop, rows, rounds: most, seconds, report })
      : []
  const overload = rows.flatMap((row) => judgeOverload({ row, rounds: overloadRounds }))
  const outcomes = comparisons.map((comparison) => judge({ comparison, reports }))
  const warnings = [...warnOfCpu(cpuPairs), ...warnOfThroughput(reports)]
  const loads = { rounds, measureMs, requests, calibrations, reports, cpuPairs, overloadRounds }
  return { circumstances, outcomes, cpu, overload, warnings, ...loads }
}

function keep({ result, isQuick }: { result: BenchResult; isQuick: boolean }): string {
  const { startedAt, commit } = result.circumstances
  const folder = isQuick ? GLANCES : RESULTS
  const file = path.join(folder, `${startedAt.slice(0, 10)}-${commit}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${file}.md`, `${writeReport(result)}\n`)
  writeFileSync(`${file}.json`, `${JSON.stringify(result, null, 2)}\n`)
  return path.relative(process.cwd(), `${file}.md`)
}
