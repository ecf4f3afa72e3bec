import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { RehearsalRates } from '@/domain/opening/rehearsal.schema'
import { startFrontProcess } from '@/local/front/process'
import { startInbox } from '@/local/inbox'
import type { Progress } from '@/local/progress.mjs'
import type { AddStop } from '@/local/run-with-stops'
import { ensureBenchApp } from '../app-build'
import { type AppProcess, startAppProcess } from '../app-process'
import { listOwnBackends } from '../cpu/course'
import type { MeteredProcesses } from '../cpu/meter'
import {
  GATEWAY_TOKEN,
  loadDiners,
  lockBenchFolder,
  startDatabase,
  startRedisGateway,
} from '../stack'
import type { FaultName } from './options'
import { probeRates } from './rehearsal'
import type { ReplayEnvironment } from './replay'
import { yieldToCrowd } from './yield'

export interface BenchEnvironment extends ReplayEnvironment {
  tokensFile: string
  readOrigins: () => string[]
  /** What an owner's rehearsal would measure here. */
  probe: () => Promise<RehearsalRates>
  versions: { postgres: string; redis: string }
  /** Whose CPU is counted: the crowd, its front and the mail server are none of them. */
  listMetered: () => MeteredProcesses
  faults: Record<FaultName, () => Promise<void>>
}

/** As for the table of ratios, with the front before the processes and a mail server behind them. */
export async function startReplayEnvironment({
  progress: { step },
  addStop,
  diners,
  processes,
}: {
  progress: Progress
  addStop: AddStop
  diners: number
  processes: number
}): Promise<BenchEnvironment> {
  await lockBenchFolder(addStop)
  const folder = await step('Production build with the baselines', ensureBenchApp)
  const database = await step('PostgreSQL', () => startDatabase(addStop))
  const redis = await step('Redis and its gateway', () => startRedisGateway(addStop))
  for (const pid of [database.pid, redis.pid, redis.gatewayPid]) yieldToCrowd(pid)
  const inbox = await startInbox()
  addStop(inbox.stop)
  const cronSecret = randomBytes(16).toString('hex')
  const env = {
    DATABASE_URL: database.appUrl,
    DIRECT_DATABASE_URL: '',
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: GATEWAY_TOKEN,
    SMTP_URL: inbox.smtpUrl,
    TRUSTED_ADDRESS_HEADER: '',
    CRON_SECRET: cronSecret,
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    DATA_KEYS: randomBytes(32).toString('base64url'),
  }
  const tokensFile = await step(`${diners.toLocaleString('en')} diners`, () =>
    loadDiners({ count: diners, env }),
  )
  await database.pool.query('ANALYZE')
  const own = await listOwnBackends(database.pool)
  let apps: AppProcess[] = []
  const startApp = async () => {
    const app = await startAppProcess({ folder, env })
    addStop(app.stop)
    yieldToCrowd(app.pid)
    apps = [...apps, app]
  }
  await step(`${processes} processes of the application`, async () => {
    for (let count = 0; count < processes; count += 1) await startApp()
  })
  const readOrigins = () => apps.map(({ url }) => url)
  const front = await startFrontProcess(readOrigins())
  addStop(front.stop)
  const replaceProcess = async () => {
    const [killed, ...rest] = apps
    if (killed) process.kill(killed.pid, 'SIGKILL')
    apps = rest
    await startApp()
    await front.setOrigins(readOrigins())
  }
  return {
    pool: database.pool,
    front,
    tokensFile,
    readOrigins,
    probe: () => probeRates({ ...env, APP_URL: front.url }),
    tokens: readFileSync(tokensFile, 'utf8').trim().split('\n'),
    versions: { postgres: database.version, redis: redis.version },
    listMails: () =>
      inbox.mailbox.list().map(({ recipients, messageId }) => ({
        recipient: recipients[0] ?? '',
        messageId,
      })),
    sweep: async () => {
      const headers = { authorization: `Bearer ${cronSecret}` }
      await fetch(`${readOrigins()[0]}/api/cron/sweep`, { headers })
    },
    listMetered: () => ({
      roots: {
        application: apps.map(({ pid }) => pid),
        postgres: [database.pid],
        gateway: [redis.gatewayPid],
        redis: [redis.pid],
      },
      except: own,
    }),
    faults: {
      'redis-flush': redis.flush,
      'process-kill': replaceProcess,
      'kill-and-flush': async () => {
        await Promise.all([replaceProcess(), redis.flush()])
      },
      'postgres-restart': database.restart,
    },
  }
}
