import pino from 'pino'
import { databaseErrorCode } from './db/database-error'
import { env } from './env'

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

/** Structured log. Secrets, tokens, names and addresses never go in; ids do. */
export const log = pino({
  level: env.LOG_LEVEL ?? 'info',
  base: null,
  serializers: { error: describeError },
})
