import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import pg from 'pg'
import { claimFolder } from '@/local/folder-claim'
import { startPostgres } from '@/local/postgres'
import { startRedis } from '@/local/redis-server'
import { startUpstashGateway } from '@/local/upstash-gateway'
import { describeRefusal, migrateDatabase } from '@/prisma/migrate'
import { ensureBenchApp } from './app-build'
import { type AppProcess, startAppProcess } from './app-process'
import { type Generator, startGenerator } from './generator'

const ROOT = path.resolve(import.meta.dirname, '..')
const FOLDER = path.join(ROOT, '.local/bench')
const DATABASE = 'bobjool_bench'
const GATEWAY_TOKEN = 'bench'
/** Enough that none asks often enough to meet the limit of an account. */
const DINERS = 20_000

export interface BenchStack {
  pool: pg.Pool
  apps: [AppProcess, AppProcess]
  generator: Generator
  versions: { postgres: string; redis: string }
  hangRedis: (isHung: boolean) => void
  stop: () => Promise<void>
}

/**
 * Everything on the loopback interface of this machine: Postgres that waits for its disk, Redis
 * behind the gateway, two processes of the application, and the process that asks them.
 */
export async function startBenchStack(report: (line: string) => void): Promise<BenchStack> {
  const claim = await claimFolder(FOLDER)
  if (!claim) throw new Error('Another benchmark is running in this folder; wait until it is over.')
  const stops: (() => unknown)[] = [claim.release]
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each()
  }
  try {
    const folder = await ensureBenchApp(report)
    report('starting Postgres, Redis and its gateway')
    const database = await startDatabase(stops)
    const redis = await startRedisGateway(stops)
    const secret = randomBytes(32).toString('base64url')
    const env = {
      DATABASE_URL: database.appUrl,
      DIRECT_DATABASE_URL: '',
      UPSTASH_REDIS_REST_URL: redis.url,
      UPSTASH_REDIS_REST_TOKEN: GATEWAY_TOKEN,
      // Notices are recorded with each booking and stay queued: sending is not what is measured.
      SMTP_URL: '',
      TRUSTED_ADDRESS_HEADER: '',
      AUTH_SECRET: secret,
    }
    report(`making ${DINERS.toLocaleString('en')} diners`)
    const tokensFile = path.join(FOLDER, 'tokens.txt')
    makeDiners({ env, tokensFile })
    report('starting two processes of the application, and the load generator')
    const start = async () => {
      const app = await startAppProcess({ folder, env })
      stops.push(app.stop)
      return app
    }
    const apps: [AppProcess, AppProcess] = [await start(), await start()]
    const generator = await startGenerator({ tokensFile })
    stops.push(generator.stop)
    const versions = { postgres: database.version, redis: redis.version }
    return { pool: database.pool, apps, generator, versions, hangRedis: redis.hang, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startDatabase(stops: (() => unknown)[]) {
  const postgres = await startPostgres({ folder: FOLDER, isDurable: true, whenUnusable: 'wipe' })
  stops.push(postgres.stop)
  await postgres.dropDatabase(DATABASE)
  await postgres.ensureDatabase({ name: DATABASE })
  const appUrl = postgres.nameAppUrl(DATABASE)
  const directUrl = postgres.nameOwnerUrl(DATABASE)
  const outcome = await migrateDatabase({ directUrl, databaseUrl: appUrl })
  if (!outcome.ok) throw new Error(describeRefusal(outcome))
  const pool = new pg.Pool({ connectionString: directUrl, max: 2 })
  stops.push(() => pool.end())
  const { rows } = await pool.query<{ server_version: string }>('SHOW server_version')
  return { pool, appUrl, version: rows[0]?.server_version ?? 'unknown' }
}

async function startRedisGateway(stops: (() => unknown)[]) {
  const redis = await startRedis({ folder: path.join(FOLDER, 'redis') })
  if (!redis) {
    throw new Error('Benchmarks need redis-server or valkey-server on the PATH; there is neither.')
  }
  stops.push(redis.stop)
  const tokens = [{ token: GATEWAY_TOKEN, database: 0 }]
  const gateway = await startUpstashGateway({ redisUrl: redis.url, tokens })
  stops.push(gateway.stop)
  const { stdout } = spawnSync(redis.program, ['--version'], { encoding: 'utf8' })
  return {
    url: gateway.url,
    version: `${redis.program} ${/v=(\S+)/.exec(stdout)?.[1] ?? 'unknown'}`,
    hang: (isHung: boolean) =>
      gateway.setFault({ token: GATEWAY_TOKEN, fault: isHung ? { kind: 'hang' } : null }),
  }
}

function makeDiners({ env, tokensFile }: { env: Record<string, string>; tokensFile: string }) {
  const script = path.join(ROOT, 'local/load-diners.ts')
  const args = ['--import', 'tsx', script, '--count', String(DINERS), '--out', tokensFile]
  const made = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`The diners could not be made:\n${made.stderr}`)
}
