import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AddStop } from '@/local/run-with-stops'
import { type Forked, forkGenerator } from '../generator'
import type { Pace } from '../generator/plan'
import { freeDiners, listSeats, makeRestaurants, SEATS_PER_DATE } from '../restaurants'
import type { BenchStack } from '../stack'
import type { OverloadPlan, OverloadReport } from './plan'
import { describeOverload, type OverloadRound, type OverloadRow } from './rows'

const SETTLE_MS = 1_000
const PEAK_MS = 5_000
/** The peak is the best of these. */
const CONNECTIONS = [64, 192]
/** More than one process has ever sold: seats for the peak, before it is known. */
const MOST_PER_SECOND = 1_500
/** How far goodput may exceed the peak before seats run out, and how many may be asked for at a time. */
const HEADROOM = 1.3
const ASKED_FOR = 3_000

export interface OverloadCourse {
  stack: BenchStack
  addStop: AddStop
  rows: OverloadRow[]
  rounds: number
  seconds: number
  report: (line: string) => void
}

type Order = { plan: OverloadPlan; firstKey: number }

/** The peak, and then as many times as much, round after round, against one process. */
export async function runOverloadRounds(course: OverloadCourse): Promise<OverloadRound[]> {
  const { stack, addStop, rows, report } = course
  const generator = await forkGenerator<Order, OverloadReport>({
    script: path.join(import.meta.dirname, 'main.ts'),
    tokensFile: stack.tokensFile,
  })
  addStop(generator.stop)
  const ask = makeAsk({ stack, generator })
  await ask({ pace: { kind: 'saturating', connections: 64 }, seconds: 2, perSecond: 1_000 })
  const rounds: OverloadRound[] = []
  for (let round = 1; round <= course.rounds; round += 1) {
    const peak = await findPeak(ask)
    report(`overload round ${round}/${course.rounds} · peak: ${describeOverload(peak)}`)
    const loads: OverloadRound['loads'] = []
    for (const { id, times } of rows) {
      const done = await ask({
        pace: { kind: 'open', perSecond: Math.round(times * peak.wonPerSecond) },
        seconds: course.seconds,
        perSecond: peak.wonPerSecond,
      })
      report(`overload round ${round}/${course.rounds} · ${times} ×: ${describeOverload(done)}`)
      loads.push({ rowId: id, report: done })
    }
    rounds.push({ peak, loads })
  }
  generator.stop()
  return rounds
}

type AskFor = (load: {
  pace: Pace
  seconds: number
  /** Bounds how many seats are made. */
  perSecond: number
}) => Promise<OverloadReport>

async function findPeak(ask: AskFor): Promise<OverloadReport> {
  let best: OverloadReport | null = null
  for (const connections of CONNECTIONS) {
    const found = await ask({
      pace: { kind: 'saturating', connections },
      seconds: PEAK_MS / 1000,
      perSecond: MOST_PER_SECOND,
    })
    if (!best || found.wonPerSecond > best.wonPerSecond) best = found
  }
  if (!best) throw new Error('no peak was measured')
  return best
}

function makeAsk({
  stack: { pool, apps },
  generator,
}: {
  stack: BenchStack
  generator: Forked<Order, OverloadReport>
}): AskFor {
  let firstKey = 0
  return async ({ pace, seconds, perSecond }) => {
    const most = ASKED_FOR + perSecond * HEADROOM * (seconds + SETTLE_MS / 1000)
    await freeDiners(pool)
    const dates = await makeRestaurants({ pool, count: Math.ceil(most / SEATS_PER_DATE) })
    const [date] = dates
    if (!date) throw new Error('expected dates')
    await pool.query('ANALYZE')
    const plan: OverloadPlan = {
      origin: apps[0].url,
      dates,
      seats: listSeats(date),
      pace,
      settleMs: SETTLE_MS,
      measureMs: seconds * 1000,
    }
    const report = await generator.run({ plan, firstKey })
    firstKey += dates.length * SEATS_PER_DATE
    // The work after the last responses ends before the next load.
    await sleep(500)
    return report
  }
}
