import pg from 'pg'
import type { ClusterPlan } from '@/local/postgres/cluster'
import { SUPERUSER, startCluster } from '@/local/postgres/cluster'
import { APP_ROLE, ensureRoles, OWNER_ROLE } from '@/local/postgres/roles'

export interface LocalPostgres {
  port: number
  /** The server's first process, which all others descend from. */
  pid: number
  /** For commands to the server itself, such as ending sessions in a test. */
  nameSuperuserUrl: (database: string) => string
  /** For migrations and tests: owns the databases, may create more, has no time limits. */
  nameOwnerUrl: (database: string) => string
  /** For the application: rights on tables, sequences and functions, and the two time limits. */
  nameAppUrl: (database: string) => string
  /** Creates it unless it exists; `template` is copied, data and all. */
  ensureDatabase: (input: { name: string; template?: string }) => Promise<void>
  dropDatabase: (name: string) => Promise<void>
  listDatabases: () => Promise<string[]>
  /** Resolves when the server has ended, on request or not. */
  exited: Promise<unknown>
  stop: () => Promise<void>
}

/** A PostgreSQL 18 of our own in `folder`, with both roles. The caller holds the folder's lock. */
export async function startPostgres(plan: ClusterPlan): Promise<LocalPostgres> {
  const cluster = await startCluster(plan)
  const nameUrl = ({ role, database }: { role: string; database: string }) =>
    `postgresql://${role}:${cluster.password}@127.0.0.1:${cluster.port}/${database}`
  const run = async (work: (client: pg.Client) => Promise<void>) => {
    const connectionString = nameUrl({ role: SUPERUSER, database: 'postgres' })
    const client = new pg.Client({ connectionString })
    await client.connect()
    await work(client).finally(() => client.end())
  }
  await run((client) => ensureRoles({ client, password: cluster.password }))
  cluster.markComplete()
  return {
    port: cluster.port,
    pid: cluster.process.pid,
    nameSuperuserUrl: (database) => nameUrl({ role: SUPERUSER, database }),
    nameOwnerUrl: (database) => nameUrl({ role: OWNER_ROLE, database }),
    nameAppUrl: (database) => nameUrl({ role: APP_ROLE, database }),
    ensureDatabase: (input) => run((client) => ensureDatabase({ client, ...input })),
    dropDatabase: (name) =>
      run(async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`)
      }),
    listDatabases: async () => {
      let names: string[] = []
      await run(async (client) => {
        const sql = 'SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY datname'
        const found = await client.query<{ datname: string }>(sql)
        names = found.rows.map((row) => row.datname)
      })
      return names
    },
    exited: cluster.process.exited,
    stop: () => cluster.process.stop(),
  }
}

async function ensureDatabase({
  client,
  name,
  template = 'template0',
}: {
  client: pg.Client
  name: string
  template?: string
}): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  if (found.rows.length > 0) return
  const database = pg.escapeIdentifier(name)
  const source = pg.escapeIdentifier(template)
  await client.query(`CREATE DATABASE ${database} OWNER ${OWNER_ROLE} TEMPLATE ${source}`)
}
