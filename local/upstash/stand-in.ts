import { createHash } from 'node:crypto'
import RedisMock from 'ioredis-mock'
import type { Command, Reply, Upstream } from './upstream'
import { RedisError } from './upstream'

type Method = (...args: string[]) => Promise<unknown>

/**
 * A Redis inside this process, for a demo on a machine that has none. It knows the common commands
 * and runs scripts, but has no cjson, loses everything at the end, and is not for measuring.
 */
export function connectStandIn({ database }: { database: number }): Upstream {
  const redis: object = new RedisMock({ db: database })
  const scripts = new Map<string, string>()
  const ask = async (command: Command): Promise<Reply> => {
    try {
      return toReply(await run({ redis, scripts, command }))
    } catch (error) {
      return new RedisError(error instanceof Error ? error.message : String(error))
    }
  }
  // One command at a time from first to last: atomic, because nothing else reaches this memory.
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work)
    queue = done.catch(() => {})
    return done
  }
  return {
    ask: (command) => inTurn(() => ask(command)),
    askAtomically: (commands) =>
      inTurn(async () => {
        const replies: Reply[] = []
        for (const command of commands) replies.push(await ask(command))
        return replies
      }),
    close: async () => {},
  }
}

interface Run {
  redis: object
  scripts: Map<string, string>
  command: Command
}

function run({ redis, scripts, command }: Run): Promise<unknown> {
  const [name, ...args] = command
  if (name === 'SCRIPT') return Promise.resolve(manageScripts({ scripts, args }))
  if (name === 'EVALSHA') {
    const script = scripts.get(args[0]?.toLowerCase() ?? '')
    if (script === undefined) throw new Error('NOSCRIPT No matching script. Please use EVAL.')
    return findMethod({ redis, name: 'eval' })(script, ...args.slice(1))
  }
  if (name === 'EVAL') remember({ scripts, script: args[0] ?? '' })
  // It takes the options of SET in capitals only, and the SDK writes them small.
  const spelled = name === 'SET' ? [...args.slice(0, 2), ...args.slice(2).map(toUpper)] : args
  return findMethod({ redis, name: name.toLowerCase() })(...spelled)
}

function toUpper(word: string): string {
  return word.toUpperCase()
}

function findMethod({ redis, name }: { redis: object; name: string }): Method {
  const method: unknown = Reflect.get(redis, name)
  if (typeof method !== 'function') {
    throw new Error(`ERR unknown command '${name}' (this is the stand-in for Redis)`)
  }
  return (...args) => method.apply(redis, args)
}

function manageScripts({ scripts, args }: { scripts: Map<string, string>; args: string[] }) {
  const [action = '', ...rest] = args
  switch (action.toUpperCase()) {
    case 'LOAD':
      return remember({ scripts, script: rest[0] ?? '' })
    case 'EXISTS':
      return rest.map((sha) => (scripts.has(sha) ? 1 : 0))
    case 'FLUSH':
      scripts.clear()
      return 'OK'
    default:
      throw new Error(`ERR unknown subcommand '${action}'`)
  }
}

function remember({ scripts, script }: { scripts: Map<string, string>; script: string }): string {
  const sha = createHash('sha1').update(script).digest('hex')
  scripts.set(sha, script)
  return sha
}

/** The stand-in answers as the ioredis client would: with objects where Redis sends flat lists. */
function toReply(value: unknown): Reply {
  if (value === null || value === undefined) return null
  // What it makes of INCR on a word.
  if (Number.isNaN(value)) return new RedisError('ERR value is not an integer or out of range')
  if (typeof value === 'number' || Buffer.isBuffer(value)) return value
  if (Array.isArray(value)) return value.map(toReply)
  if (typeof value === 'object') return Object.entries(value).flat().map(toReply)
  return Buffer.from(String(value))
}
