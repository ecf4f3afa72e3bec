import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll } from 'vitest'
import { ensureBuild } from '@/local/build'
import { type RunningProcess, startProcess } from '@/local/child-process'
import { findFreePort } from '@/local/free-port'

const READY_WITHIN_MS = 60_000
const ROOT = path.resolve(import.meta.dirname, '../..')

export interface AppPlan {
  count?: number
  /** The name by which browsers reach it; its number unless given, which no passkey belongs to. */
  host?: 'localhost'
  databaseUrl: string
  /** Null: no Redis is configured at all. */
  gateway: { url: string; token: string } | null
  /** Null: no mail server is configured at all. */
  smtpUrl: string | null
  /** More variables, or overrides; an empty string unsets one. */
  env?: Record<string, string>
}

export interface RunningApp {
  url: string
  pid: number
  /** Its output so far, newest last: at most the last sixty lines. */
  readOutput: () => string[]
  /** SIGKILL, like a machine that loses power. */
  kill: () => Promise<void>
  stop: () => Promise<void>
}

type StartedApp = RunningApp & Pick<RunningProcess, 'exited'>

export interface RunningApps {
  apps: RunningApp[]
  /** The URL of the first process, which APP_URL puts in links. */
  url: string
  stop: () => Promise<void>
}

/**
 * N production processes of the one build, each on its own port with its own address as APP_URL.
 * They are stopped at the end of the file at the latest.
 */
export async function startApps(plan: AppPlan): Promise<RunningApps> {
  await ensureBuild()
  const apps: RunningApp[] = []
  const stop = async () => {
    await Promise.all(apps.map((app) => app.stop()))
  }
  afterAll(stop)
  for (let number = 0; number < (plan.count ?? 1); number += 1) apps.push(await startApp(plan))
  await Promise.all(apps.map(waitUntilReady))
  return { apps, url: apps[0]?.url ?? '', stop }
}

/** One process that is ready, for a test that kills it; the test stops it. */
export async function startLoneApp(plan: AppPlan): Promise<RunningApp> {
  await ensureBuild()
  const app = await startApp(plan)
  await waitUntilReady(app)
  return app
}

/** What a process says that may refuse to start. `code`: how it ended by itself. Null: it was stopped. */
export async function tryToStart(
  plan: AppPlan,
): Promise<{ isReady: boolean; code: number | null; output: string }> {
  await ensureBuild()
  const app = await startApp(plan)
  try {
    const isReady = await answersLive(app)
    const code = isAlive(app.pid) ? null : (await app.exited).code
    return { isReady, code, output: app.readOutput().join('\n') }
  } finally {
    await app.stop()
  }
}

async function startApp(plan: AppPlan): Promise<StartedApp> {
  const port = await findFreePort()
  const url = `http://${plan.host ?? '127.0.0.1'}:${port}`
  const server = await startProcess({
    name: `the application on ${port}`,
    command: process.execPath,
    args: ['start.mjs', '--port', String(port)],
    cwd: ROOT,
    env: makeEnvironment({ plan, url }),
    patienceMs: 1500,
  })
  return {
    url,
    pid: server.pid,
    exited: server.exited,
    readOutput: server.readLastLines,
    kill: () => kill(server),
    stop: server.stop,
  }
}

function makeEnvironment({ plan, url }: { plan: AppPlan; url: string }): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    APP_URL: url,
    DATABASE_URL: plan.databaseUrl,
    DIRECT_DATABASE_URL: '',
    ...nameRedis(plan.gateway),
    SMTP_URL: plan.smtpUrl ?? '',
    DATABASE_BATCH_MOST: '',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'warn',
    ...plan.env,
  }
}

function nameRedis(gateway: AppPlan['gateway']): Record<string, string> {
  const isTcp = gateway?.url.startsWith('redis:')
  return {
    UPSTASH_REDIS_REST_URL: (!isTcp && gateway?.url) || '',
    UPSTASH_REDIS_REST_TOKEN: gateway?.token ?? '',
    REDIS_URL: (isTcp && gateway?.url) || '',
  }
}

async function kill(server: RunningProcess): Promise<void> {
  process.kill(server.pid, 'SIGKILL')
  await server.exited
  await server.stop()
}

async function waitUntilReady(app: RunningApp): Promise<void> {
  if (await answersLive(app)) return
  await app.stop()
  throw new Error(`The application at ${app.url} did not start:\n${app.readOutput().join('\n')}`)
}

/** False: it has ended, or not answered in time. */
async function answersLive(app: RunningApp): Promise<boolean> {
  const giveUpAt = performance.now() + READY_WITHIN_MS
  while (performance.now() < giveUpAt) {
    const status = await fetch(`${app.url}/api/health/live`).then(
      (response) => response.status,
      () => 0,
    )
    if (status === 200) return true
    if (!isAlive(app.pid)) break
    await sleep(50)
  }
  return false
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
