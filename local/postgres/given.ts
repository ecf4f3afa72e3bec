import pg from 'pg'

const MISSING_DATABASE = '3D000'

/** Makes sure that a given server answers, and creates the database if it is missing. */
export async function ensureGivenDatabase(url: string): Promise<void> {
  const failure = await tryQuery({ url, sql: 'SELECT 1' })
  if (failure === null) return
  if (failure.code !== MISSING_DATABASE) throw explain({ url, failure })
  const maintenance = new URL(url)
  const name = decodeURIComponent(maintenance.pathname.slice(1))
  maintenance.pathname = '/postgres'
  const sql = `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE template0`
  const refused = await tryQuery({ url: maintenance.href, sql })
  if (refused) throw explain({ url, failure: refused })
}

/** How many accounts no seed of ours has made: if any, it is not a demo's database. */
export async function hasForeignAccounts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const found = await client.query<{ isForeign: boolean }>(
      `SELECT count(*) > 0 AND NOT bool_or(email = 'admin@bobjool.test') AS "isForeign" FROM accounts`,
    )
    return found.rows[0]?.isForeign ?? false
  } finally {
    await client.end()
  }
}

interface Failure {
  code?: string
  message: string
}

async function tryQuery({ url, sql }: { url: string; sql: string }): Promise<Failure | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(sql)
    return null
  } catch (error) {
    const code = error instanceof pg.DatabaseError ? error.code : undefined
    return { code, message: error instanceof Error ? error.message : String(error) }
  } finally {
    await client.end()
  }
}

function explain({ url, failure }: { url: string; failure: Failure }): Error {
  const { host } = new URL(url)
  const reason = failure.message || 'it does not answer'
  return new Error(
    `The database that DATABASE_URL names at ${host} can't be used: ${reason}. ` +
      'Correct the address, or unset it and the demo brings its own.',
  )
}
