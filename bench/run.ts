import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describeCircumstances } from './machine'
import { type BenchOptions, readOptions, USAGE } from './options'
import { runRounds } from './rounds'
import { judge } from './rows'
import { startBenchStack } from './stack'
import { type BenchResult, tabulateRatios, writeReport } from './table'

const RESULTS = path.join(import.meta.dirname, 'results')
const GLANCES = path.resolve(import.meta.dirname, '../.local/bench/results')

async function measure(options: BenchOptions): Promise<BenchResult> {
  const startedMs = performance.now()
  const report = (line: string) => {
    const seconds = String(Math.round((performance.now() - startedMs) / 1000))
    process.stdout.write(`${seconds.padStart(4)} s  ${line}\n`)
  }
  const stack = await startBenchStack(report)
  const stopAndLeave = () => void stack.stop().then(() => process.exit(130))
  process.once('SIGINT', stopAndLeave).once('SIGTERM', stopAndLeave)
  try {
    const circumstances = describeCircumstances(stack.versions)
    const { reports, calibrations } = await runRounds({ ...options, stack, report })
    const outcomes = options.rows.map((row) => judge({ row, reports }))
    const { rounds, measureMs } = options
    return { circumstances, rounds, measureMs, outcomes, calibrations, reports }
  } finally {
    await stack.stop()
  }
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

const options = readOptions(process.argv.slice(2))
if (options) {
  const result = await measure(options)
  const file = keep({ result, isQuick: options.isQuick })
  process.stdout.write(`\n${tabulateRatios(result)}\n\nThe whole of it is in ${file}\n`)
} else {
  process.stderr.write(`${USAGE}\n`)
  process.exitCode = 2
}
