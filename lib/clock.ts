import { pool } from './db'
import { askRedis } from './redis'

/**
 * The database's clock, which judges every deadline. Not this process' own: servers may be ten
 * minutes apart.
 */
export async function readDatabaseClock(): Promise<Date> {
  const { rows } = await pool.query<{ now: Date }>('SELECT now() AS now')
  const [row] = rows
  if (!row) throw new Error('SELECT now() returned no row')
  return row.now
}

/** Whether this process can serve: Postgres has to answer, Redis is reported only. Throws without Postgres. */
export async function readReadiness(): Promise<{ now: Date; isRedisUp: boolean }> {
  const [now, ping] = await Promise.all([readDatabaseClock(), askRedis((redis) => redis.ping())])
  return { now, isRedisUp: ping !== null }
}
