import pino from 'pino'
import { env } from './env'

/** Structured log. Secrets, tokens, names and addresses never go in; ids do. */
export const log = pino({ level: env.LOG_LEVEL ?? 'info', base: null })
