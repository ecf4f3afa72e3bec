import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { lockFolder } from '@/local/folder-lock'
import { startPostgres } from '@/local/postgres'
import type { Progress } from '@/local/progress.mjs'
import { startRedis } from '@/local/redis-server'
import { runScript } from '@/local/run-script'
import type { AddStop } from '@/local/run-with-stops'
import { describeRefusal, migrateDatabase } from '@/prisma/migrate'
import { ensureBenchApp } from './app-build'
import { type AppProcess, startAppProcess } from './app-process'
import { type Generator, startGenerator } from './generator'
import { startServerProcess } from './server-process'

const ROOT = path.resolve(import.meta.dirname, '..')
export const FOLDER = path.join(ROOT, '.local/bench')
const DATABASE = 'bobjool_bench'
export const GATEWAY_TOKEN = 'bench'
/** Enough that no diner asks often enough to meet the limit of an account. */
const DINERS = 20_000

export interface BenchStack {
  pool: pg.Pool
  apps: [AppProcess, AppProcess]
  generator: Generator
  /** Bearer tokens of diners; the generator uses the same. */
  tokens: string[]
  tokensFile: string
  versions: { postgres: string; redis: string }
  hangRedis: (isHung: boolean) => Promise<void>
  /** One more process of the application, with other variables on top. */
  startApp: (variables: Record<string, string>) => Promise<AppProcess>
  /** What serves, besides the application. */
  pids: Record<'postgres' | 'gateway' | 'redis', number>
}

interface StackOrder {
  progress: Progress
  addStop: AddStop
}

/**
 * Everything on this machine's loopback interface: Postgres that waits for its disk, Redis behind
 * the gateway, two processes of the application, and the generator.
 */
export async function startBenchStack({ progress, addStop }: StackOrder): Promise<BenchStack> {
  const { step } = progress
  await lockBenchFolder(addStop)
  const folder = await step('Production build with the baselines', ensureBenchApp)
  const database = await step('PostgreSQL', () => startDatabase(addStop))
  const redis = await step('Redis and its gateway', () => startRedisGateway(addStop))
  const env = composeEnvironment({ databaseUrl: database.appUrl, redisUrl: redis.url })
  const tokensFile = await step(`${DINERS.toLocaleString('en')} diners`, () =>
    loadDiners({ count: DINERS, env }),
  )
  const startApp = async (variables: Record<string, string>) => {
    const app = await startAppProcess({ folder, env: { ...env, ...variables } })
    addStop(app.stop)
    return app
  }
  const apps = await step('Two processes of the application', async () => {
    const both: [AppProcess, AppProcess] = [await startApp({}), await startApp({})]
    return both
  })
  const generator = await startGenerator({ tokensFile })
  addStop(generator.stop)
  const versions = { postgres: database.version, redis: redis.version }
  return {
    pool: database.pool,
    apps,
    generator,
    tokens: readFileSync(tokensFile, 'utf8').trim().split('\n'),
    tokensFile,
    versions,
    hangRedis: redis.hang,
    startApp,
    pids: { postgres: database.pid, gateway: redis.gatewayPid, redis: redis.pid },
  }
}

function composeEnvironment({ databaseUrl, redisUrl }: { databaseUrl: string; redisUrl: string }) {
  return {
    DATABASE_URL: databaseUrl,
    DIRECT_DATABASE_URL: '',
    UPSTASH_REDIS_REST_URL: redisUrl,
    UPSTASH_REDIS_REST_TOKEN: GATEWAY_TOKEN,
    // Notices are recorded with each booking and stay queued, except where CPU is measured.
    SMTP_URL: '',
    TRUSTED_ADDRESS_HEADER: '',
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    DATA_KEYS: randomBytes(32).toString('base64url'),
  }
}

export async function lockBenchFolder(addStop: AddStop): Promise<void> {
  const lock = await lockFolder(FOLDER)
  if (!lock) throw new Error('Another benchmark is running in this folder; wait until it is over.')
  addStop(lock.release)
}

/** Makes diners in the service that `env` names, and returns the file of their bearer tokens. */
export async function loadDiners({
  count,
  env,
}: {
  count: number
  env: Record<string, string>
}): Promise<string> {
  const out = path.join(FOLDER, 'tokens.txt')
  const script = ['--import', 'tsx', 'local/load-diners.ts']
  await runScript({ args: [...script, '--count', String(count), '--out', out], env })
  return out
}

/** An empty database on a server of its own; `restart` stops that server and starts it again. */
export async function startDatabase(addStop: AddStop) {
  const plan = { folder: FOLDER, isDurable: true, whenUnusable: 'wipe' } as const
  let postgres = await startPostgres(plan)
  addStop(() => postgres.stop())
  await postgres.dropDatabase(DATABASE)
  await postgres.ensureDatabase({ name: DATABASE })
  const appUrl = postgres.nameAppUrl(DATABASE)
  const directUrl = postgres.nameOwnerUrl(DATABASE)
  const outcome = await migrateDatabase({ directUrl, databaseUrl: appUrl })
  if (!outcome.ok) throw new Error(describeRefusal(outcome))
  // Never idle for long enough to be closed: the CPU of these connections is left out by their ids.
  const pool = new pg.Pool({
    connectionString: directUrl,
    max: 2,
    idleTimeoutMillis: 0,
    application_name: 'bench',
  })
  // pg reports that the server stops after the last statement, when no query waits for it.
  pool.on('error', () => {})
  addStop(() => pool.end())
  const { rows } = await pool.query<{ server_version: string }>('SHOW server_version')
  return {
    pool,
    appUrl,
    pid: postgres.pid,
    version: rows[0]?.server_version ?? 'unknown',
    restart: async () => {
      const { port } = postgres
      await postgres.stop()
      postgres = await startPostgres({ ...plan, preferredPort: port })
    },
  }
}

export async function startRedisGateway(addStop: AddStop) {
  const redis = await startRedis({ folder: path.join(FOLDER, 'redis') })
  if (!redis) {
    throw new Error('Benchmarks need redis-server or valkey-server on the PATH; there is neither.')
  }
  addStop(redis.stop)
  const gateway = await startServerProcess({
    name: 'the gateway',
    script: path.join(import.meta.dirname, 'gateway/main.ts'),
    args: [redis.url, GATEWAY_TOKEN],
  })
  addStop(gateway.stop)
  const url = `http://127.0.0.1:${gateway.port}`
  const ask = async (way: { method: string; path: string; body: unknown }) => {
    const headers = { authorization: `Bearer ${GATEWAY_TOKEN}` }
    const body = JSON.stringify(way.body)
    const { ok, status } = await fetch(`${url}${way.path}`, { method: way.method, headers, body })
    if (!ok) throw new Error(`the gateway answered ${status} to ${way.path}`)
  }
  const { stdout } = spawnSync(redis.program, ['--version'], { encoding: 'utf8' })
  return {
    url,
    pid: redis.pid,
    gatewayPid: gateway.pid,
    version: `${redis.program} ${/v=(\S+)/.exec(stdout)?.[1] ?? 'unknown'}`,
    flush: () => ask({ method: 'POST', path: '/', body: ['FLUSHALL'] }),
    hang: (isHung: boolean) =>
      ask({ method: 'PUT', path: '/_admin/fault', body: isHung ? { kind: 'hang' } : null }),
  }
}
