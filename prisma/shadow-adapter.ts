import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>

const CHAR_OID = 18
const TEXT_OID = 25

/**
 * The adapter through which Prisma's schema engine replays migrations. adapter-pg 7.10 can't do it
 * alone: with a connection string its shadow database *is* the main database; it drops the shadow
 * while its pool is still open; it splits scripts at every `;`, also inside functions; and it does
 * not know the type "char", in which the catalogue answers.
 */
export function makeShadowAdapter(connectionString: string) {
  return bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(connectionString),
    connectToShadowDb: () => connectToShadow(connectionString),
  })
}

async function connect(connectionString: string): Promise<Adapter> {
  const pool = new pg.Pool({ connectionString, max: 1 })
  const adapter = await new PrismaPg(pool, { disposeExternalPool: true }).connect()
  return repair({ adapter, pool })
}

/** A new database from template0, so that nothing an operator put into template1 is in it. */
async function connectToShadow(connectionString: string): Promise<Adapter> {
  const name = pg.escapeIdentifier(`bobjool_shadow_${randomUUID().replaceAll('-', '')}`)
  await execute({ connectionString, sql: `CREATE DATABASE ${name} TEMPLATE template0` })
  const shadowUrl = new URL(connectionString)
  shadowUrl.pathname = `/${name.slice(1, -1)}`
  const adapter = await connect(shadowUrl.href)
  const closePool = adapter.dispose.bind(adapter)
  adapter.dispose = async () => {
    await closePool()
    await execute({ connectionString, sql: `DROP DATABASE ${name} WITH (FORCE)` })
  }
  return adapter
}

function repair({ adapter, pool }: { adapter: Adapter; pool: pg.Pool }): Adapter {
  adapter.executeScript = async (script) => {
    await pool.query(script)
  }
  const charColumns = new AsyncLocalStorage<Set<number>>()
  const query = pool.query.bind(pool)
  Object.assign(pool, {
    query: async (...input: Parameters<typeof query>) => {
      const result: unknown = await query(...input)
      disguiseChars({ result, charColumns: charColumns.getStore() })
      return result
    },
  })
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (sql) => {
    const found = new Set<number>()
    const set = await charColumns.run(found, () => queryRaw(sql))
    for (const column of found) set.columnTypes[column] = ColumnTypeEnum.Character
    return set
  }
  return adapter
}

/**
 * The adapter throws at a "char", so it gets a text column, and the engine the real type
 * afterwards.
 */
function disguiseChars({
  result,
  charColumns,
}: {
  result: unknown
  charColumns: Set<number> | undefined
}): void {
  if (!(result instanceof pg.Result)) return
  for (const [column, field] of result.fields.entries()) {
    if (field.dataTypeID !== CHAR_OID) continue
    field.dataTypeID = TEXT_OID
    charColumns?.add(column)
  }
}

async function execute({
  connectionString,
  sql,
}: {
  connectionString: string
  sql: string
}): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}
