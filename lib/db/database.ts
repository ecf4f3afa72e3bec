import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { PrismaClient } from '@/prisma/generated/client'
import { guardConnection, QUERY_TIMEOUT_MS } from './connection'

/** Postgres' type number of `date`. */
const DATE_TYPE = 1082

/** A calendar date has no zone: as a `Date` it would move by a day in half of the world. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    type === DATE_TYPE ? (value: string) => value : pg.types.getTypeParser(type, format as 'text'),
}

function connect() {
  const pool = new pg.Pool({
    connectionString: env.DATABASE_URL,
    max: env.DATABASE_POOL_MAX,
    // With Postgres away a request learns it within this time, not after a TCP time-out.
    connectionTimeoutMillis: 1_500,
    // The same for a connection that is there and answers nothing.
    query_timeout: QUERY_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'bobjool',
    types,
  })
  // An idle connection that dies is replaced on the next use; without a listener it would end the process.
  pool.on('error', (error) => log.warn({ error: error.message }, 'idle database connection lost'))
  pool.on('connect', (client) => {
    // The pool listens to idle ones only; one that dies at work would end the process too.
    client.on('error', () => {})
    guardConnection(client)
  })
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) }
}

// Kept across hot reloads, which would otherwise leave a pool behind with each change.
const held = globalThis as typeof globalThis & { bobjoolDatabase?: ReturnType<typeof connect> }
held.bobjoolDatabase ??= connect()

/** The shared pool, for hot paths and raw SQL. */
export const pool = held.bobjoolDatabase.pool
/** Prisma over the same pool, for everything that is not hot. */
export const prisma = held.bobjoolDatabase.prisma

/** True when so many requests wait for a connection that one more could only time out. */
export function isDatabaseCrowded(): boolean {
  return pool.waitingCount >= env.DATABASE_MAX_WAITING
}
