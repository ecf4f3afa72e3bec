import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { ensureGivenDatabase } from '@/local/postgres/given'
import { findFreePort } from './free-port'
import { startInbox } from './inbox'
import { startPostgres } from './postgres'
import type { Progress } from './progress.mjs'
import { findRedisProgram, startRedis } from './redis-server'
import { startUpstashGateway } from './upstash-gateway'

/** Ports that people may bookmark; another one is chosen when one is in use. */
const PREFERRED_PORTS = { postgres: 54_320, redis: 56_379, gateway: 8079, smtp: 1025, inbox: 8025 }
const DATABASE = 'bobjool'

export interface Stores {
  env: { DATABASE_URL: string; DIRECT_DATABASE_URL: string } & Record<string, string>
  /** Null: mail goes to the given SMTP server. */
  inboxUrl: string | null
  /** False: the database was given, and may hold more than a demo. */
  isOwnDatabase: boolean
  /** Resolves with a sentence when one of the servers ends by itself. */
  failed: Promise<string>
}

/** Called with each part to stop, in the order of starting; stop in the opposite order. */
export type AddStop = (stop: () => Promise<void> | void) => void

interface Plan {
  folder: string
  progress: Progress
  addStop: AddStop
}

/**
 * PostgreSQL, Redis behind the gateway, and the inbox. Those named by the environment are used as
 * is.
 */
export async function startStores(plan: Plan): Promise<Stores> {
  mkdirSync(plan.folder, { recursive: true })
  const database = await openDatabase(plan)
  const redis = await openRedis(plan)
  const mail = await openMail(plan)
  return {
    env: { ...database.env, ...redis.env, ...mail.env },
    inboxUrl: mail.inboxUrl,
    isOwnDatabase: database.failed !== null,
    failed: Promise.race([database.failed, redis.failed].filter((failed) => failed !== null)),
  }
}

async function openDatabase({ folder, progress, addStop }: Plan) {
  const given = process.env.DATABASE_URL
  if (given) {
    const direct = process.env.DIRECT_DATABASE_URL || given
    const label = `PostgreSQL at ${new URL(direct).host} (DATABASE_URL)`
    await progress.step(label, () => ensureGivenDatabase(direct))
    return { env: { DATABASE_URL: given, DIRECT_DATABASE_URL: direct }, failed: null }
  }
  const postgres = await progress.step('PostgreSQL', (report) =>
    startPostgres({
      folder,
      preferredPort: PREFERRED_PORTS.postgres,
      isDurable: true,
      whenUnusable: 'refuse',
      report,
    }),
  )
  addStop(postgres.stop)
  await postgres.ensureDatabase({ name: DATABASE })
  const env = {
    DATABASE_URL: postgres.nameAppUrl(DATABASE),
    DIRECT_DATABASE_URL: postgres.nameOwnerUrl(DATABASE),
  }
  return {
    env,
    failed: postgres.exited.then(() => `PostgreSQL ended; see ${folder}/postgres.log.`),
  }
}

async function openRedis(plan: Plan) {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = process.env
  if (Boolean(url) !== Boolean(token)) {
    throw new Error(
      'UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN belong together: set both, or neither.',
    )
  }
  if (url && token) {
    plan.progress.say(`  ✓ Redis at ${new URL(url).host} (UPSTASH_REDIS_REST_URL)`)
    return { env: { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token }, failed: null }
  }
  const { REDIS_URL } = process.env
  if (!REDIS_URL) return startOwnGateway(plan)
  plan.progress.say(`  ✓ Redis at ${new URL(REDIS_URL).host} (REDIS_URL)`)
  return { env: { REDIS_URL }, failed: null }
}

async function startOwnGateway({ folder, progress, addStop }: Plan) {
  const given = process.env.GATEWAY_REDIS_URL
  const preferredPort = PREFERRED_PORTS.redis
  const isStartable = !given && findRedisProgram() !== null
  const own = isStartable
    ? await progress.step('Redis', () => startRedis({ folder: `${folder}/redis`, preferredPort }))
    : null
  if (own) addStop(own.stop)
  const redisUrl = given ?? own?.url ?? null
  const token = randomBytes(18).toString('hex')
  const port = await findFreePort(PREFERRED_PORTS.gateway)
  const gateway = await startUpstashGateway({ redisUrl, port, tokens: [{ token, database: 0 }] })
  addStop(gateway.stop)
  progress.say(`  ✓ Upstash gateway in front of ${nameBackend({ program: own?.program, given })}`)
  const env = { UPSTASH_REDIS_REST_URL: gateway.url, UPSTASH_REDIS_REST_TOKEN: token }
  return { env, failed: own?.exited.then(() => 'Redis ended by itself.') ?? null }
}

function nameBackend({ program, given }: { program?: string; given?: string }): string {
  if (given) return `the Redis at ${new URL(given).host} (GATEWAY_REDIS_URL)`
  return (
    program ??
    'an in-process stand-in: there is no redis-server or valkey-server on the PATH. ' +
      'Good for looking around, not for measuring'
  )
}

async function openMail({ folder, progress, addStop }: Plan) {
  const given = process.env.SMTP_URL
  if (given) {
    progress.say(`  ✓ Mail through ${new URL(given).host} (SMTP_URL)`)
    return { env: { SMTP_URL: given }, inboxUrl: null }
  }
  const inbox = await progress.step('Inbox', async () =>
    startInbox({
      smtpPort: await findFreePort(PREFERRED_PORTS.smtp),
      pagePort: await findFreePort(PREFERRED_PORTS.inbox),
      folder: path.join(folder, 'mails'),
    }),
  )
  addStop(inbox.stop)
  return { env: { SMTP_URL: inbox.smtpUrl }, inboxUrl: inbox.pageUrl }
}
