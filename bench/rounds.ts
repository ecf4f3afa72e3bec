import { type Calibrations, calibrate } from './calibration'
import { type Comparison, listLoads, type Reports } from './comparisons'
import type { LoadReport } from './generator/plan'
import { findLoad, LOAD_NAMES } from './loads'
import { measureLoad, prepareEnvironment } from './measurement'
import type { BenchStack } from './stack'

export interface Course {
  stack: BenchStack
  comparisons: Comparison[]
  rounds: number
  measureMs: number
  report: (line: string) => void
}

/**
 * All loads in turn, round after round; every second round backwards, so that drift favours none.
 */
export async function runRounds({
  stack,
  comparisons,
  rounds,
  measureMs,
  report,
}: Course): Promise<{ reports: Reports; calibrations: Calibrations }> {
  const wanted = listLoads(comparisons)
  const names = LOAD_NAMES.filter((name) => wanted.has(name))
  const environment = await prepareEnvironment(stack)
  const calibrations = await calibrate({ environment, names, report })
  const reports: Reports = {}
  for (let round = 1; round <= rounds; round += 1) {
    for (const name of round % 2 === 1 ? names : names.toReversed()) {
      const calibration = calibrations[name]
      if (!calibration) throw new Error(`${name} was not calibrated`)
      const done = await measureLoad({ ...calibration, environment, name, measureMs })
      reports[name] = [...(reports[name] ?? []), done]
      report(`round ${round}/${rounds} · ${findLoad(name).title}: ${describe(done)}`)
    }
  }
  return { reports, calibrations }
}

function describe({ answeredPerSecond, p50Ms, p99Ms, others }: LoadReport): string {
  const figures = [
    `${Math.round(answeredPerSecond)}/s`,
    `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`,
  ].join(', ')
  const strange = Object.entries(others).map(([what, count]) => `${count} × ${what}`)
  return [figures, ...strange].join(' · ')
}
