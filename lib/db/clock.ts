import { tryRedis } from '@/lib/redis/redis'
import { learnServerClock, type ServerClock } from './clock-reading'
import { pool } from './database'

/**
 * The database's clock, which decides every deadline. This process's own clock does not: servers
 * may be ten minutes apart.
 */
export async function readDatabaseClock(): Promise<Date> {
  const { rows } = await pool.query<{ now: Date }>('SELECT now() AS now')
  const [row] = rows
  if (!row) throw new Error('SELECT now() returned no row')
  return row.now
}

/**
 * Reads whether this process can serve: Postgres must answer, Redis is only reported. Throws
 * without Postgres.
 */
export async function readReadiness(): Promise<{
  now: Date
  redis: Awaited<ReturnType<typeof tryRedis>>
}> {
  const [now, redis] = await Promise.all([readDatabaseClock(), tryRedis()])
  return { now, redis }
}

/** A reading older than this opens no gate. */
const CLOCK_KEPT_MS = 30_000
let known: ServerClock | null = null

/**
 * Queries call this right after reading `now()`. `askedAtMs`: monotonic, from before the query was
 * sent.
 */
export function noteDatabaseClock({ now, askedAtMs }: { now: Date; askedAtMs: number }): void {
  const reading = { toldMs: now.getTime(), askedAtMs, heardAtMs: performance.now() }
  known = learnServerClock({ known, reading })
}

/**
 * Estimates the database's clock, in milliseconds since 1970, from the readings so far. Never ahead
 * of the real one (an answer is late by its round trip), so no gate opens early, whatever this
 * server's own clock says. Null: no reading for half a minute.
 */
export function estimateDatabaseNowMs(): number | null {
  if (!known) return null
  const nowMs = performance.now()
  return nowMs - known.heardAtMs > CLOCK_KEPT_MS ? null : nowMs + known.offsetMs
}
