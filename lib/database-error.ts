/** What a failed statement means for the person who asked. */
export type DatabaseFault = 'lost-race' | 'unavailable' | 'bug'

/** exclusion, unique, deadlock, lock not available, statement cancelled, serialization. */
const RACE_CODES = new Set(['23P01', '23505', '40P01', '55P03', '57014', '40001'])
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
])
/** Messages of `pg` that come without a code. */
const AWAY_MESSAGE =
  /connection terminated|timeout exceeded when trying to connect|not queryable|Can't reach database/i

/** Looks through Prisma's wrapping for the code that Postgres or the socket gave. */
export function databaseErrorCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Object && depth < 5; depth++) {
    const layer = at as {
      code?: unknown
      originalCode?: unknown
      cause?: unknown
      meta?: { code?: unknown; driverAdapterError?: unknown }
    }
    for (const code of [layer.originalCode, layer.meta?.code, layer.code])
      if (typeof code === 'string' && !/^P\d{4}$/.test(code)) return code
    at = layer.cause ?? layer.meta?.driverAdapterError
  }
  return undefined
}

export function classifyDatabaseError(error: unknown): DatabaseFault {
  const code = databaseErrorCode(error)
  if (code && RACE_CODES.has(code)) return 'lost-race'
  // 08: connection; 57P: server shutting down; 53: out of connections, memory or disk.
  if (code && (AWAY_CODES.has(code) || /^(08|57P|53)/.test(code))) return 'unavailable'
  return error instanceof Error && AWAY_MESSAGE.test(error.message) ? 'unavailable' : 'bug'
}
