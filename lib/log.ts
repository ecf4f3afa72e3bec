import pino from 'pino'
import { databaseErrorCode } from './db/database-error'
import { env } from './env'
import { findRequest } from './request-context'

/**
 * An error's own message, without the data it carries: Postgres puts the refused row's values into
 * `detail`, and those are personal data.
 */
export function describeError(error: unknown): object | string {
  if (!(error instanceof Error)) return String(error)
  const { name, message, stack, cause } = error
  const code = databaseErrorCode(error)
  return {
    name,
    message,
    ...(code !== undefined && { code }),
    stack,
    ...(cause instanceof Error && { cause: cause.message }),
  }
}

function nameRequest(): object {
  const request = findRequest()
  return request ? { requestId: request.id } : {}
}

/** Structured log. Secrets, tokens, names and addresses never go in; ids do. */
export const log = pino({
  level: env.LOG_LEVEL ?? 'info',
  base: null,
  mixin: nameRequest,
  serializers: { error: describeError },
})

/**
 * The security log: the same format under a `stream` of its own, so that a collector can keep it
 * apart and for longer. A quieter `LOG_LEVEL` does not thin it out.
 */
export const securityStream = pino({
  level: env.LOG_LEVEL === 'silent' ? 'silent' : 'info',
  base: { stream: 'security' },
  mixin: nameRequest,
})
