import { isOutcomeUnknown } from './outcome-unknown'

/** What a failed statement means for the person who asked. */
export type DatabaseFault = 'lost-race' | 'unavailable' | 'not-certain' | 'bug'

/** Deadlock, lock not available, statement cancelled, serialization. */
const RACE_CODES = new Set(['40P01', '55P03', '57014', '40001'])
/** Another request has used the same key meanwhile, and asking again finds its answer. */
const RACE_CONSTRAINTS = new Set(['idempotency_keys_once_per_account'])
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
])
/** Messages from `pg` that come without a code. */
const AWAY_MESSAGE =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable|Can't reach database/i
/** Prisma's own: no server, timeouts, connection closed, no free connection in the pool. */
const AWAY_PRISMA_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024'])
/** Prisma gave up on a transaction that took too long and rolled it back. */
const GIVEN_UP_PRISMA_CODE = 'P2028'

type Layer = {
  code?: unknown
  originalCode?: unknown
  constraint?: unknown
  message?: unknown
  cause?: unknown
  meta?: { code?: unknown; driverAdapterError?: unknown }
}

/** An error and the errors it wraps, outermost first. */
function listLayers(error: unknown): Layer[] {
  const layers: Layer[] = []
  for (let at = error; at instanceof Object && layers.length < 5; ) {
    const layer: Layer = at
    layers.push(layer)
    at = layer.cause ?? layer.meta?.driverAdapterError
  }
  return layers
}

/** Looks through Prisma's wrapping for the code from Postgres or the socket. */
export function databaseErrorCode(error: unknown): string | undefined {
  for (const layer of listLayers(error))
    for (const code of [layer.originalCode, layer.meta?.code, layer.code])
      if (typeof code === 'string' && !/^P\d{4}$/.test(code)) return code
  return undefined
}

/** The name of the violated constraint. Undefined: the statement failed for another reason. */
export function violatedConstraint(error: unknown): string | undefined {
  for (const { constraint } of listLayers(error))
    if (typeof constraint === 'string') return constraint
  return undefined
}

/** Foreign keys that reference an account. */
const ACCOUNT_KEY = /_(account|actor|diner|inviter)_fkey$/

/**
 * Whether a statement failed because the account it names was deleted while it ran: its owner left
 * the service with a request in flight.
 */
export function isAccountGone(error: unknown): boolean {
  return databaseErrorCode(error) === '23503' && ACCOUNT_KEY.test(violatedConstraint(error) ?? '')
}

export function classifyDatabaseError(error: unknown): DatabaseFault {
  const layers = listLayers(error)
  if (layers.some(isOutcomeUnknown)) return 'not-certain'
  const code = databaseErrorCode(error)
  if (code && RACE_CODES.has(code)) return 'lost-race'
  if (RACE_CONSTRAINTS.has(violatedConstraint(error) ?? '')) return 'lost-race'
  // 08: connection; 57P: server shutting down; 53: out of connections, memory or disk.
  if (code && (AWAY_CODES.has(code) || /^(08|57P|53)/.test(code))) return 'unavailable'
  if (layers.some((layer) => layer.code === GIVEN_UP_PRISMA_CODE)) return 'lost-race'
  const isAway = ({ code: given, message }: Layer) =>
    AWAY_PRISMA_CODES.has(String(given)) || AWAY_MESSAGE.test(String(message))
  return layers.some(isAway) ? 'unavailable' : 'bug'
}
