import { Redis } from 'ioredis'
import type { Command, Reply, Upstream } from './upstream'
import { RedisError } from './upstream'

/**
 * One connection that all clients share: commands are written as they come and answered in order.
 * Commands that would change or block the connection are refused before they get here.
 */
export function connectUpstream({ url, database }: { url: string; database: number }): Upstream {
  const redis = new Redis(url, {
    db: database,
    // A command under way when the connection broke may have been applied, so it is never repeated.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 2000,
    retryStrategy: (attempt) => Math.min(attempt * 50, 500),
  })
  // Every waiting command learns of it by its own rejection.
  redis.on('error', () => {})
  // In capitals the names escape ioredis' own ideas of replies, such as an object for HGETALL.
  const ask = async ([name, ...args]: Command): Promise<Reply> => {
    try {
      return toReply(await redis.callBuffer(name, args))
    } catch (error) {
      if (isReplyError(error)) return new RedisError(error.message)
      throw error
    }
  }
  return {
    ask,
    askAtomically: async (commands) => {
      // Written at once, before another client gets a turn on this connection.
      const [, ...replies] = await Promise.all([['MULTI'], ...commands, ['EXEC']].map(toCall(ask)))
      const outcome = replies.at(-1)
      if (Array.isArray(outcome)) return outcome
      const refused = replies.find((reply) => reply instanceof RedisError)
      return (
        refused ?? new RedisError('EXECABORT Transaction discarded because of previous errors.')
      )
    },
    close: async () => {
      redis.disconnect()
    },
  }
}

function toCall(ask: Upstream['ask']) {
  return ([name = '', ...args]: string[]) => ask([name, ...args])
}

/** Inside the answer to EXEC errors are values. */
function toReply(value: unknown): Reply {
  if (value === null || typeof value === 'number' || Buffer.isBuffer(value)) return value
  if (Array.isArray(value)) return value.map(toReply)
  return isReplyError(value) ? new RedisError(value.message) : String(value)
}

function isReplyError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError'
}
