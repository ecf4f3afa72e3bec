import { askRedis } from '@/lib/redis/redis'
import { learnServerClock, type ServerClock } from './clock-reading'
import { pool } from './database'

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

/** Older than this, what is known of the database's clock opens no gate. */
const CLOCK_KEPT_MS = 30_000
let known: ServerClock | null = null

/** Called at once by a query that has just read `now()`. `askedAtMs`: monotonic, before it was sent. */
export function noteDatabaseClock({ now, askedAtMs }: { now: Date; askedAtMs: number }): void {
  const reading = { toldMs: now.getTime(), askedAtMs, heardAtMs: performance.now() }
  known = learnServerClock({ known, reading })
}

/**
 * The database's clock at this moment, in milliseconds since 1970, as far as readings tell:
 * never ahead of it (an answer is late by its way), so that no gate opens early, whatever this
 * server's own clock says. Null: nobody has read it for half a minute.
 */
export function estimateDatabaseNowMs(): number | null {
  if (!known) return null
  const nowMs = performance.now()
  return nowMs - known.heardAtMs > CLOCK_KEPT_MS ? null : nowMs + known.offsetMs
}
