import pg from 'pg'

/** Owns databases and runs migrations. */
export const OWNER_ROLE = 'bobjool_owner'
/** What the application signs in as: it can read and write rows, and can't change the schema. */
export const APP_ROLE = 'bobjool_app'

/**
 * The limits are settings of the role, because a session's own `SET` is lost behind a transaction
 * pooler, and one on a function comes too late for the statement that is already running.
 */
const APP_LIMITS = [`lock_timeout = '1s'`, `statement_timeout = '2s'`]

export async function ensureRoles({
  client,
  password,
}: {
  client: pg.Client
  password: string
}): Promise<void> {
  const secret = pg.escapeLiteral(password)
  await ensureRole({ client, role: OWNER_ROLE })
  await ensureRole({ client, role: APP_ROLE })
  await client.query(`ALTER ROLE ${OWNER_ROLE} LOGIN CREATEDB PASSWORD ${secret}`)
  await client.query(`ALTER ROLE ${APP_ROLE} LOGIN PASSWORD ${secret}`)
  // Without it the states and statements of the application's connections read as null.
  await client.query(`GRANT pg_read_all_stats TO ${OWNER_ROLE}`)
  for (const limit of APP_LIMITS) await client.query(`ALTER ROLE ${APP_ROLE} SET ${limit}`)
}

async function ensureRole({ client, role }: { client: pg.Client; role: string }): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])
  if (found.rows.length === 0) await client.query(`CREATE ROLE ${role}`)
}
