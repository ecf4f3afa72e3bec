import type { Requester, UpstashRequest, UpstashResponse } from '@upstash/redis'
import { Redis } from 'ioredis'
import { z } from 'zod'
import { ScriptHashes } from './key-locking'
import { RefusedCommand } from './refused-command'

/** A server that leaves commands unanswered for this long is taken for gone, and connected to anew. */
const SILENT_MS = 1_000
const CONNECT_MS = 1_000
const LONGEST_PAUSE_MS = 500

const anyCommand = z
  .tuple([z.string()], z.union([z.string(), z.number(), z.boolean()]))
  .transform((parts) => parts.map(String))
const anyPipeline = z.array(anyCommand)

type Reply = { result: unknown } | { error: string }

/** What Redis itself says against a command, apart from what befell the connection. */
const isRefusal = (error: Error) => error.name === 'ReplyError'

/**
 * How `@upstash/redis` reaches a Redis or Valkey of one's own: over one connection in Redis' own
 * protocol, shared by all requests. Nothing is queued while the server is away and nothing is sent
 * twice, because a command whose connection broke may have been applied; the connection comes back
 * by itself. How long a request waits is its caller's to say. Opened by the first request, and it
 * keeps no process from ending.
 */
export function connectTcpTransport({ url }: { url: string }): Requester {
  const server = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    retryStrategy: (attempt) => Math.min(attempt * 50, LONGEST_PAUSE_MS),
  })
  // Each command learns of it by its own rejection.
  server.on('error', () => {})
  server.on('connect', () => server.stream.unref())
  const hashes = new ScriptHashes()
  let connecting: Promise<void> | undefined
  const connect = () => {
    connecting ??= server.connect().catch(() => {})
    return connecting
  }

  /** Written together and answered in order. Rejects unless each got an answer, be it an error. */
  async function askAll(commands: string[][]): Promise<Reply[]> {
    await connect()
    const together = server.pipeline()
    for (const [name = '', ...args] of commands) {
      // In capitals a name escapes the client's own ideas of replies, such as an object for HGETALL.
      const [served = '', ...servedArgs] = hashes.translate([name.toUpperCase(), ...args])
      together.call(served, ...servedArgs)
    }
    const replies = (await together.exec()) ?? []
    return replies.map(([error, result]) => {
      if (!error) return { result }
      if (isRefusal(error)) return { error: error.message }
      throw error
    })
  }

  async function ask({ path = [], body }: UpstashRequest): Promise<Reply | Reply[]> {
    const [kind] = path
    if (kind === 'pipeline') return askAll(anyPipeline.parse(body))
    if (kind !== undefined) throw new Error(`not spoken over this connection: ${kind}`)
    const [reply] = await askAll([anyCommand.parse(body)])
    if (!reply) throw new Error('no answer to a command')
    if ('error' in reply) throw new RefusedCommand(reply.error)
    return reply
  }

  return {
    // The caller knows what its command answers; the SDK reads a pipeline's answers as a list.
    request: async <T>(asked: UpstashRequest) => (await ask(asked)) as UpstashResponse<T>,
    readYourWrites: false,
    upstashSyncToken: '',
  }
}
