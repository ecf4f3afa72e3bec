import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { AddStop } from '@/local/run-with-stops'
import type { LoadPlan } from '../generator/plan'
import { findLoad, type LoadName } from '../loads'
import { type Environment, prepareEnvironment, prepareRequests } from '../measurement'
import { startServerProcess } from '../server-process'
import type { BenchStack } from '../stack'
import { type MeteredProcesses, meterCpu } from './meter'
import { CPU_CONNECTIONS, type CpuPair, type CpuReading, type CpuRow, costOf } from './rows'

/** A load ends when its requests have, however long a busy machine takes over them. */
const LONGEST_MS = 600_000
const DRAINED_WITHIN_MS = 300_000
/** What a response leaves to be done has begun by then. */
const AFTER_RESPONSE_MS = 300

export interface CpuCourse {
  stack: BenchStack
  addStop: AddStop
  rows: CpuRow[]
  rounds: number
  /** Of each load. */
  requests: number
  report: (line: string) => void
}

/**
 * All rows at each number of connections, round after round, each beside what it is compared with;
 * every second round the other way around. One round before them warms everything up. Mail goes to
 * a server that throws it away, so that a notice costs what it costs.
 */
export async function runCpuRounds(course: CpuCourse): Promise<CpuPair[]> {
  const { stack, addStop, rows, rounds, report } = course
  const sink = await startServerProcess({
    name: 'the mail server',
    script: path.join(import.meta.dirname, '../delivery/sink.ts'),
    args: ['0'],
  })
  addStop(sink.stop)
  const variables = { SMTP_URL: `smtp://127.0.0.1:${sink.port}` }
  const apps: BenchStack['apps'] = [
    await stack.startApp(variables),
    await stack.startApp(variables),
  ]
  const environment = await prepareEnvironment({ ...stack, apps })
  const pairs: CpuPair[] = []
  for (let round = 0; round <= rounds; round += 1) {
    for (const connections of CPU_CONNECTIONS) {
      for (const row of rows) {
        const pair = await measurePair({ course, environment, row, connections, round })
        const ratio = costOf(pair.of) / costOf(pair.against)
        report(
          `CPU round ${round}/${rounds} · ${row.title}, ${connections} connections: ${ratio.toPrecision(3)}`,
        )
        if (round > 0) pairs.push(pair)
      }
    }
  }
  for (const app of apps) await app.stop()
  return pairs
}

async function measurePair({
  course,
  environment,
  row,
  connections,
  round,
}: {
  course: CpuCourse
  environment: Environment
  row: CpuRow
  connections: number
  round: number
}): Promise<CpuPair> {
  const measure = (name: LoadName) =>
    measureCpu({ environment, name, connections, requests: course.requests })
  const side = { rowId: row.id, connections }
  if (round % 2 === 1) {
    const against = await measure(row.against)
    return { ...side, against, of: await measure(row.of) }
  }
  const of = await measure(row.of)
  return { ...side, of, against: await measure(row.against) }
}

/** One load, from before its first request until what it left behind is done. */
async function measureCpu({
  environment,
  name,
  connections,
  requests,
}: {
  environment: Environment
  name: LoadName
  connections: number
  requests: number
}): Promise<CpuReading> {
  const { stack } = environment
  const kind = findLoad(name)
  const prepared = await prepareRequests({ environment, kind, mostRequests: requests })
  const plan: LoadPlan = {
    ...prepared,
    pace: { kind: 'saturating', connections },
    settleMs: 0,
    measureMs: LONGEST_MS,
    mostRequests: requests,
  }
  await waitUntilSent(stack.pool)
  const except = await listOwnBackends(stack.pool)
  const { done, cpuMs } = await meterCpu({
    listMetered: () => listMetered(stack, except),
    work: async () => {
      const report = await stack.generator.run(plan)
      await sleep(AFTER_RESPONSE_MS)
      await waitUntilSent(stack.pool)
      return report
    },
  })
  return { answered: done.answered, others: done.others, cpuMs }
}

/** The benchmark's own connections. */
export async function listOwnBackends(pool: Pool): Promise<number[]> {
  const { rows } = await pool.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE application_name = 'bench'",
  )
  return rows.map(({ pid }) => pid)
}

function listMetered({ apps, pids }: BenchStack, except: readonly number[]): MeteredProcesses {
  return {
    roots: {
      application: apps.map(({ pid }) => pid),
      postgres: [pids.postgres],
      gateway: [pids.gateway],
      redis: [pids.redis],
    },
    except,
  }
}

/** Until no notice is due: sent ones cost CPU that belongs to the request that caused them. */
async function waitUntilSent(pool: Pool): Promise<void> {
  const giveUpAtMs = performance.now() + DRAINED_WITHIN_MS
  for (;;) {
    const { rows } = await pool.query<{ left: number }>(
      `SELECT count(*)::int AS left FROM notices WHERE state = 'QUEUED' AND due_at <= now()`,
    )
    const left = rows[0]?.left ?? 0
    if (left === 0) return
    if (performance.now() > giveUpAtMs) throw new Error(`${left} notices were not sent`)
    await sleep(100)
  }
}
