import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { lockNumberedFolder } from '@/local/folder-lock'
import { type LocalPostgres, startPostgres } from '@/local/postgres'
import { REDIS_DATABASES, startRedis } from '@/local/redis-server'
import { startUpstashGateway } from '@/local/upstash-gateway'
import { describeRefusal, migrateDatabase } from '@/prisma/migrate'

/** Migrated once; each test file starts from a copy of it. */
const TEMPLATE_DATABASE = 'bobjool_test_template'

/** What a worker needs to find the stores; passed through vitest's `provide`. */
export interface StackAddress {
  postgres: { port: number; superuserUrl: string; ownerUrl: string; appUrl: string }
  templateDatabase: string
  redisUrl: string
  gatewayUrl: string
  /** A worker's own Redis database and counts: `<prefix><slot>`. */
  gatewayTokenPrefix: string
}

export interface TestStack {
  address: StackAddress
  stop: () => Promise<void>
}

declare module 'vitest' {
  export interface ProvidedContext {
    stack: StackAddress
  }
}

/** One PostgreSQL, one Redis and one gateway for the whole run, in a folder of its own. */
export async function startTestStack(): Promise<TestStack> {
  const lock = await lockNumberedFolder(path.resolve('.local/test'))
  const stops: (() => Promise<void> | void)[] = [lock.release]
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each()
  }
  try {
    const postgres = await startPostgres({
      folder: lock.folder,
      isDurable: false,
      whenUnusable: 'wipe',
    })
    stops.push(postgres.stop)
    await makeTemplate(postgres)
    const redis = await startRedis({ folder: path.join(lock.folder, 'redis') })
    if (!redis) throw new Error(MISSING_REDIS)
    stops.push(redis.stop)
    const gatewayTokenPrefix = `test-${randomBytes(6).toString('hex')}-`
    const gateway = await startUpstashGateway({
      redisUrl: redis.url,
      tokens: Array.from({ length: REDIS_DATABASES }, (_, database) => ({
        token: `${gatewayTokenPrefix}${database}`,
        database,
      })),
    })
    stops.push(gateway.stop)
    const address = {
      postgres: {
        port: postgres.port,
        superuserUrl: postgres.nameSuperuserUrl('postgres'),
        ownerUrl: postgres.nameOwnerUrl('postgres'),
        appUrl: postgres.nameAppUrl('postgres'),
      },
      templateDatabase: TEMPLATE_DATABASE,
      redisUrl: redis.url,
      gatewayUrl: gateway.url,
      gatewayTokenPrefix,
    }
    return { address, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const MISSING_REDIS =
  'The tests need a real Redis and there is none. Install redis-server or valkey-server ' +
  '(Debian: apt-get install redis-server) so that it is on the PATH.'

async function makeTemplate(postgres: LocalPostgres): Promise<void> {
  const leftovers = (await postgres.listDatabases()).filter((name) => name.startsWith('bobjool_'))
  for (const name of leftovers) await postgres.dropDatabase(name)
  await postgres.ensureDatabase({ name: TEMPLATE_DATABASE })
  const outcome = await migrateDatabase({
    directUrl: postgres.nameOwnerUrl(TEMPLATE_DATABASE),
    databaseUrl: postgres.nameAppUrl(TEMPLATE_DATABASE),
  })
  if (!outcome.ok) throw new Error(describeRefusal(outcome))
}
