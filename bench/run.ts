import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Progress } from '@/local/progress.mjs'
import { describeCircumstances } from './machine'
import { type BenchOptions, readOptions, USAGE } from './options'
import { runRounds } from './rounds'
import { judge } from './rows'
import { type AddStop, startBenchStack } from './stack'
import { type BenchResult, tabulateRatios, writeReport } from './table'

const RESULTS = path.join(import.meta.dirname, 'results')
const GLANCES = path.resolve(import.meta.dirname, '../.local/bench/results')

/** Measures, prints the table, keeps it, and gives the exit code. */
export async function runBench({
  progress,
  args,
}: {
  progress: Progress
  args: string[]
}): Promise<number> {
  const options = readOptions(args)
  if (!options) throw new Error(USAGE)
  const stops: (() => unknown)[] = []
  let stopping: Promise<void> | undefined
  const stopAll = () => {
    stopping ??= stopEach(stops)
    return stopping
  }
  const leave = () => {
    progress.say('\n  · Stopping')
    void stopAll().then(() => process.exit(130))
  }
  process.once('SIGINT', leave).once('SIGTERM', leave).once('SIGHUP', leave)
  const addStop: AddStop = (stop) => void stops.push(stop)
  const result = await measure({ options, progress, addStop }).finally(stopAll)
  const file = keep({ result, isQuick: options.isQuick })
  progress.say(`\n${tabulateRatios(result)}\n\nThe whole of it is in ${file}`)
  return 0
}

async function stopEach(stops: (() => unknown)[]): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop()
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
  const { reports, calibrations } = await runRounds({ ...options, stack, report })
  const outcomes = options.rows.map((row) => judge({ row, reports }))
  const { rounds, measureMs } = options
  return { circumstances, rounds, measureMs, outcomes, calibrations, reports }
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
