import pg from 'pg'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import type { PrismaClient } from '@/prisma/generated/client'
import { guardConnection, QUERY_TIMEOUT_MS } from './connection'
import { type ConnectInTime, limitWaits } from './connection-wait'

/** Postgres's type OID of `date`. */
const DATE_TYPE = 1082

/** A calendar date has no zone: as a `Date` it would shift by a day in half the world. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    type === DATE_TYPE ? (value: string) => value : pg.types.getTypeParser(type, format as 'text'),
}

function openPool(): pg.Pool {
  const pool = new pg.Pool({
    connectionString: env.DATABASE_URL,
    max: env.DATABASE_POOL_MAX,
    // When Postgres is away a request finds out within this time, not after a TCP timeout.
    connectionTimeoutMillis: 1_500,
    // The same for a connection that is open but does not answer.
    query_timeout: QUERY_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'bobjool',
    types,
  })
  // An idle connection that dies is replaced on its next use; without a listener the error would
  // end the process.
  pool.on('error', (error) => log.warn({ error: error.message }, 'idle database connection lost'))
  pool.on('connect', (client) => {
    // The pool listens to idle connections only; an error on one in use would end the process too.
    client.on('error', () => {})
    guardConnection(client)
  })
  return pool
}

function openDatabase() {
  const pool = openPool()
  return { pool, connectInTime: limitWaits({ pool, most: env.DATABASE_POOL_MAX }) }
}

// Kept across hot reloads, each of which would otherwise leave a pool behind.
const held = globalThis as typeof globalThis & {
  bobjoolDatabase?: {
    pool: pg.Pool
    connectInTime: ConnectInTime
    prisma?: Promise<PrismaClient>
  }
}
held.bobjoolDatabase ??= openDatabase()
const kept = held.bobjoolDatabase

/** The shared pool, for hot paths and raw SQL. */
export const pool = kept.pool

export const connectInTime = kept.connectInTime

async function startPrisma(): Promise<PrismaClient> {
  const [{ PrismaPg }, { PrismaClient: Client }] = await Promise.all([
    import('@prisma/adapter-pg'),
    import('@/prisma/generated/client'),
  ])
  return new Client({ adapter: new PrismaPg(pool) })
}

/**
 * Prisma over the same pool, for everything off the hot paths. Its client is large, so it comes with the first
 * that asks for it.
 */
export function loadPrisma(): Promise<PrismaClient> {
  kept.prisma ??= startPrisma()
  return kept.prisma
}

/** How many callers wait for a connection. */
export function countWaiting(): number {
  return pool.waitingCount
}

/** Whether so many requests are waiting for a connection that another would only time out. */
export function isDatabaseCrowded(): boolean {
  return countWaiting() >= env.DATABASE_MAX_WAITING
}
