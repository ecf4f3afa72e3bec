import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { applyMigrations } from './migrate'

/**
 * Lends a database that contains only the migrations, and drops it afterwards. The role of
 * `connectionString` may create databases; its own database is not touched.
 */
export async function withMigratedDatabase<Answer>({
  connectionString,
  migrationsFolder,
  work,
}: {
  connectionString: string
  migrationsFolder?: string
  work: (client: pg.Client) => Promise<Answer>
}): Promise<Answer> {
  const name = `bobjool_migrated_${randomUUID().replaceAll('-', '')}`
  const url = Object.assign(new URL(connectionString), { pathname: `/${name}` }).href
  return withClient(connectionString, async (server) => {
    await server.query(`CREATE DATABASE ${name} TEMPLATE template0`)
    try {
      const outcome = await applyMigrations({
        connectionString: url,
        ...(migrationsFolder && { folder: migrationsFolder }),
      })
      if (!outcome.ok) throw new Error(`The migrations fail: ${JSON.stringify(outcome)}`)
      return await withClient(url, work)
    } finally {
      await server.query(`DROP DATABASE ${name} WITH (FORCE)`)
    }
  })
}

async function withClient<Answer>(
  connectionString: string,
  work: (client: pg.Client) => Promise<Answer>,
): Promise<Answer> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  return work(client).finally(() => client.end())
}
