import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { lockFolder } from '@/local/folder-lock'
import { findFreePort } from '@/local/free-port'
import type { Cluster } from '@/local/postgres/cluster'
import { findClusterData, removeCluster, SUPERUSER, startCluster } from '@/local/postgres/cluster'
import { APP_ROLE, ensureRoles, OWNER_ROLE } from '@/local/postgres/roles'
import type { Progress } from '@/local/progress.mjs'
import { runScript } from '@/local/run-script'
import type { AddStop } from '@/local/run-with-stops'
import { describeRefusal, migrateDatabase } from '@/prisma/migrate'
import type { DrillPrograms } from './programs'
import { makeRepository, type Repository } from './repository'

export const FOLDER = path.resolve('.local/drill')
export const DATABASE = 'bobjool'
/** As the guide has it: a segment of the log is archived at the latest after so long. */
export const ARCHIVE_TIMEOUT_SECONDS = 60

export interface Drill {
  progress: Progress
  repository: Repository
  cluster: Cluster
  /** Starts the cluster on the port that it had, with the log being archived. */
  start: () => Promise<Cluster>
}

/** A cluster of our own in an empty folder, and an empty repository beside it. */
export async function startDrill({
  progress,
  programs,
  addStop,
}: {
  progress: Progress
  programs: DrillPrograms
  addStop: AddStop
}): Promise<Drill> {
  const lock = await lockFolder(FOLDER)
  if (!lock) throw new Error('Another drill is running in this folder; wait until it is over.')
  addStop(lock.release)
  await removeCluster(FOLDER)
  const data = findClusterData(FOLDER)
  const port = await findFreePort()
  const repository = makeRepository({ program: programs.pgbackrest, data, port })
  addStop(() => rmSync(path.join(path.dirname(data), 'pgbackrest'), { recursive: true }))
  addStop(() => removeCluster(FOLDER))
  const start = async () => {
    const cluster = await startCluster({
      folder: FOLDER,
      programs: programs.server,
      preferredPort: port,
      isDurable: false,
      whenUnusable: 'wipe',
      settings: [
        'archive_mode=on',
        `archive_timeout=${ARCHIVE_TIMEOUT_SECONDS}s`,
        `archive_command=${repository.archiveCommand}`,
      ],
    })
    addStop(() => cluster.process.stop())
    return cluster
  }
  const label = `PostgreSQL ${programs.server.majorVersion} that archives its log`
  const cluster = await progress.step(label, start)
  return { progress, repository, cluster, start }
}

/** As the guide to deploying has it: two roles, a database, its schema. */
export async function prepare(cluster: Cluster): Promise<void> {
  const { password } = cluster
  await withDatabase(cluster, (client) => ensureRoles({ client, password }), 'postgres')
  const sql = `CREATE DATABASE ${DATABASE} OWNER ${OWNER_ROLE} TEMPLATE template0`
  await withDatabase(cluster, (client) => client.query(sql), 'postgres')
  cluster.markComplete()
  const [directUrl, databaseUrl] = [OWNER_ROLE, APP_ROLE].map((role) => nameUrl({ cluster, role }))
  const outcome = await migrateDatabase({
    directUrl: directUrl ?? '',
    databaseUrl: databaseUrl ?? '',
  })
  if (!outcome.ok) throw new Error(describeRefusal(outcome))
}

/** In a process of its own, as the application's: it holds no connection when the disk is lost. */
export async function bookTables({
  cluster,
  count,
  flags,
}: {
  cluster: Cluster
  count: number
  flags: string[]
}): Promise<string[]> {
  const ids: string[] = []
  await runScript({
    args: ['--import', 'tsx', 'local/drill/book-tables.ts', String(count), ...flags],
    env: {
      DATABASE_URL: nameUrl({ cluster, role: APP_ROLE }),
      DIRECT_DATABASE_URL: nameUrl({ cluster, role: OWNER_ROLE }),
      AUTH_SECRET: randomBytes(32).toString('base64url'),
      ...{ UPSTASH_REDIS_REST_URL: '', UPSTASH_REDIS_REST_TOKEN: '', REDIS_URL: '' },
    },
    onLine: (line) => /^[0-9a-f-]{36}$/.test(line) && ids.push(line),
  })
  if (ids.length !== count) throw new Error(`${ids.length} of ${count} reservations were made.`)
  return ids
}

function nameUrl({
  cluster,
  role,
  database = DATABASE,
}: {
  cluster: Cluster
  role: string
  database?: string
}): string {
  return `postgresql://${role}:${cluster.password}@127.0.0.1:${cluster.port}/${database}`
}

/** As the superuser, without the application's limits. */
export async function withDatabase<Answer>(
  cluster: Cluster,
  work: (client: pg.Client) => Promise<Answer>,
  database = DATABASE,
): Promise<Answer> {
  const connectionString = nameUrl({ cluster, role: SUPERUSER, database })
  const client = new pg.Client({ connectionString })
  await client.connect()
  return work(client).finally(() => client.end())
}
