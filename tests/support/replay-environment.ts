import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { endLeases, type Fixture } from '@/bench/replay/fixture'
import type { ReplayEnvironment } from '@/bench/replay/replay'
import { type FolderLock, lockNumberedFolder } from '@/local/folder-lock'
import { type FrontProcess, startFrontProcess } from '@/local/front/process'
import { type LocalPostgres, startPostgres } from '@/local/postgres'
import { createDiners } from '@/prisma/factories'
import { describeRefusal, migrateDatabase } from '@/prisma/migrate'
import { type RunningApp, type RunningApps, startApps } from './app-server'
import { START_WITHIN_MS, signTokenFor } from './http-scene'
import { useInbox } from './inbox'
import { useGateway } from './stack-gateway'

const DATABASE = 'bobjool_replay'
const CRON_SECRET = String(process.env.CRON_SECRET)

export interface TestEnvironment {
  /** With that many diners of its own, and no mails yet. */
  prepare: (diners: number) => Promise<ReplayEnvironment>
  flushRedis: () => Promise<void>
  /** SIGKILL, like a machine that loses power; another process takes its place. */
  replaceProcess: () => Promise<void>
  restartPostgres: () => Promise<void>
  /** Output of the processes that should never occur. */
  listBugs: () => string[]
}

/**
 * Two production processes behind the front, on a Postgres of this file's own, because the other
 * files need theirs while this one is restarted.
 */
export function useReplayEnvironment(): TestEnvironment {
  const gateway = useGateway()
  const inbox = useInbox()
  let lock: FolderLock
  let postgres: LocalPostgres
  let pool: pg.Pool
  let front: FrontProcess
  let apps: RunningApp[]
  const start = (preferredPort?: number) =>
    startPostgres({
      folder: lock.folder,
      isDurable: true,
      whenUnusable: 'wipe',
      ...(preferredPort !== undefined && { preferredPort }),
    })
  const startProcesses = (count: number): Promise<RunningApps> =>
    startApps({
      count,
      gateway,
      smtpUrl: inbox.smtpUrl,
      env: { CRON_SECRET },
      databaseUrl: postgres.nameAppUrl(DATABASE),
    })

  beforeAll(async () => {
    lock = await lockNumberedFolder(path.resolve('.local/replay'))
    postgres = await start()
    await postgres.dropDatabase(DATABASE)
    await postgres.ensureDatabase({ name: DATABASE })
    const directUrl = postgres.nameOwnerUrl(DATABASE)
    const databaseUrl = postgres.nameAppUrl(DATABASE)
    const outcome = await migrateDatabase({ directUrl, databaseUrl })
    if (!outcome.ok) throw new Error(describeRefusal(outcome))
    pool = new pg.Pool({ connectionString: directUrl, max: 2 })
    pool.on('error', () => {})
    apps = (await startProcesses(2)).apps
    front = await startFrontProcess(apps.map(({ url }) => url))
  }, START_WITHIN_MS)
  afterAll(async () => {
    front?.stop()
    for (const app of apps ?? []) await app.stop()
    await pool?.end()
    await postgres?.stop()
    lock?.release()
  })

  let isOneKilled = false

  async function sweep(fixture: Fixture): Promise<void> {
    // A killed process' notices stay leased for a minute; that minute passes.
    if (isOneKilled) await endLeases({ pool, fixture })
    isOneKilled = false
    const headers = { authorization: `Bearer ${CRON_SECRET}` }
    await fetch(`${apps[0]?.url}/api/cron/sweep`, { headers })
  }

  return {
    prepare: async (count) => {
      inbox.clear()
      const diners = await createDiners(pool, { count })
      const tokens = await Promise.all(diners.map((diner) => signTokenFor(diner)))
      const listMails = () =>
        inbox.listMails().map(({ recipients, messageId }) => ({
          recipient: recipients[0] ?? '',
          messageId,
        }))
      return { pool, front, tokens, listMails, sweep }
    },
    flushRedis: gateway.flush,
    replaceProcess: async () => {
      const [killed, ...rest] = apps
      await killed?.kill()
      isOneKilled = true
      apps = [...rest, ...(await startProcesses(1)).apps]
      await front.setOrigins(apps.map(({ url }) => url))
    },
    restartPostgres: async () => {
      const { port } = postgres
      await postgres.stop()
      postgres = await start(port)
    },
    listBugs: () =>
      apps.flatMap((app) => app.readOutput()).filter((line) => /uncaught|unhandled/i.test(line)),
  }
}
