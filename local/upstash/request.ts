import type { IncomingMessage } from 'node:http'
import type { Command } from './upstream'

const MAX_BODY_BYTES = 10 * 1024 * 1024

/** They would change, block or end the shared connection; Upstash has none of them. */
const REFUSED = new Set(
  (
    'AUTH BLMOVE BLMPOP BLPOP BRPOP BRPOPLPUSH BZMPOP BZPOPMAX BZPOPMIN CLIENT CONFIG DEBUG ' +
    'DISCARD EXEC FAILOVER HELLO MIGRATE MONITOR MULTI PSUBSCRIBE PSYNC PUNSUBSCRIBE QUIT ' +
    'REPLICAOF RESET SELECT SHUTDOWN SLAVEOF SSUBSCRIBE SUBSCRIBE SUNSUBSCRIBE SWAPDB SYNC ' +
    'UNSUBSCRIBE UNWATCH WAIT WATCH'
  ).split(' '),
)

export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

export type Parsed<T> = { ok: true; value: T } | { ok: false; error: string }

export function parseCommand(body: string): Parsed<Command> {
  return toCommand(parseJson(body))
}

export function parseCommands(body: string): Parsed<Command[]> {
  const list = parseJson(body)
  if (!Array.isArray(list) || list.length === 0) {
    return { ok: false, error: 'ERR failed to parse pipeline request' }
  }
  const commands: Command[] = []
  for (const item of list) {
    const parsed = toCommand(item)
    if (!parsed.ok) return parsed
    commands.push(parsed.value)
  }
  return { ok: true, value: commands }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

function toCommand(input: unknown): Parsed<Command> {
  if (!Array.isArray(input) || input.length === 0) {
    return { ok: false, error: 'ERR failed to parse command' }
  }
  const [name = '', ...args] = input.map(toArgument)
  const upperName = name.toUpperCase()
  if (REFUSED.has(upperName)) {
    return { ok: false, error: `ERR Command is not available: '${name}'` }
  }
  return { ok: true, value: [upperName, ...args] }
}

function toArgument(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
