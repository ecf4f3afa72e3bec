import { loadavg } from 'node:os'
import type { Progress as Teller } from '@/local/progress.mjs'
import { type AddStop, runWithStops } from '@/local/run-with-stops'
import { meterCpu, sumCpu } from '../cpu/meter'
import { startGenerator } from '../generator'
import { describeCircumstances } from '../machine'
import { listSeats, makeRestaurants } from '../restaurants'
import { type BenchEnvironment, startReplayEnvironment } from './environment'
import { type B0, summarise } from './figures'
import { type ReplayOptions, readReplayOptions, USAGE } from './options'
import { foretell } from './rehearsal'
import { type Progress, type ReplayPlan, runReplay } from './replay'
import { describeReplay, keepReplay, type ReplayReport, writeRow } from './report'

const B0_MS = 4_000
const B0_CONNECTIONS = 64

/** Replays an opening, prints and saves the result, and returns the exit code. */
export async function runOpening({
  progress,
  args,
}: {
  progress: Teller
  args: string[]
}): Promise<number> {
  const options = readReplayOptions(args)
  if (!options) throw new Error(USAGE)
  const report = await runWithStops({
    progress,
    work: (addStop) => replay({ options, progress, addStop }),
  })
  const file = keepReplay(report)
  progress.say(`\n${describeReplay(report)}\n\n${writeRow(report)}\n\nAll of it is in ${file}`)
  for (const { kind, detail } of report.figures.examples) progress.say(`  ✗ ${kind}: ${detail}`)
  return report.figures.examples.length === 0 ? 0 : 1
}

async function replay({
  options,
  progress,
  addStop,
}: {
  options: ReplayOptions
  progress: Teller
  addStop: AddStop
}): Promise<ReplayReport> {
  const environment = await startReplayEnvironment({ progress, addStop, ...options })
  const circumstances = {
    ...describeCircumstances(environment.versions),
    loadBefore: loadavg()[0] ?? 0,
  }
  const rates = await progress.step('A rehearsal of it', () => environment.probe())
  const { listMetered } = environment
  const before = await progress.step('B0 before', () => measureB0(environment))
  const { done: replayed, cpuMs } = await progress.step('The opening', (tell) =>
    meterCpu({
      listMetered,
      work: () =>
        runReplay({
          environment,
          plan: planReplay({ options, environment }),
          report: (now) => tell(describeProgress(now)),
        }),
    }),
  )
  const after = await progress.step('B0 after', () => measureB0(environment))
  const b0 = {
    perSecond: (before.perSecond + after.perSecond) / 2,
    cpuMs: (before.cpuMs + after.cpuMs) / 2,
  }
  const figures = summarise({ replayed, cpuMs, b0 })
  return { circumstances, options, figures, rehearsed: foretell({ options, rates }) }
}

function planReplay({
  options,
  environment,
}: {
  options: ReplayOptions
  environment: BenchEnvironment
}): ReplayPlan {
  const { diners, fault, turnsPerSecond, pollsPerSecond, seed } = options
  const happen = fault && environment.faults[fault]
  return {
    diners,
    turnsPerSecond,
    pollsPerSecond,
    seed,
    beacon: 'local',
    lobbyMs: options.lobbySeconds * 1000,
    lateMs: options.lateSeconds * 1000,
    botShare: options.botShare,
    mostMs: options.mostMinutes * 60_000,
    faults: happen ? [{ when: ({ booked }) => booked >= 60, happen }] : [],
  }
}

/**
 * What the framework allows on these processes, with the generator beside them: requests per
 * second, and CPU of each.
 */
async function measureB0(environment: BenchEnvironment): Promise<B0> {
  const [date] = await makeRestaurants({ pool: environment.pool, count: 1 })
  if (!date) throw new Error('expected a restaurant')
  const generator = await startGenerator({ tokensFile: environment.tokensFile })
  const seats = listSeats(date)
  const run = (settleMs: number) =>
    generator.run({
      origins: environment.readOrigins(),
      expected: { status: 200 },
      requests: { kind: 'ask-again', path: '/api/bench/echo', date, seats },
      pace: { kind: 'saturating', connections: B0_CONNECTIONS },
      settleMs,
      measureMs: B0_MS,
      mostRequests: 100_000,
    })
  try {
    await run(1_000)
    const { listMetered } = environment
    // What is asked while it settles would be paid for and not be counted.
    const { done, cpuMs } = await meterCpu({ listMetered, work: () => run(0) })
    return { perSecond: done.answeredPerSecond, cpuMs: sumCpu(cpuMs) / done.answered }
  } finally {
    await generator.stop()
  }
}

function describeProgress(now: Progress): string {
  const { ms, arrived, diners, entered, turns, booked, ended, shed, polls } = now
  return [
    `${ms < 0 ? '−' : '+'}${Math.round(Math.abs(ms) / 1000)} s`,
    `${arrived}/${diners} came`,
    `${entered} entered, ${turns} turns, ${booked} booked, ${ended} know`,
    `${shed} put off, ${polls} polls`,
  ].join(' · ')
}
