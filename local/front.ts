import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type KeptAnswer, SharedCache } from '@/local/front/cache'
import { type ForwardedRequest, Origins } from '@/local/front/origins'

export interface FrontCounts {
  /** Answered from the cache, whole or as "still the same". */
  fromCache: number
  /** Of these, with 304. */
  unchanged: number
  /** Passed to a process: uncacheable requests, misses and renewals. */
  fromOrigin: number
  byOrigin: Record<string, number>
}

export interface Front {
  url: string
  /** All that it listens on, for a crowd to spread over. */
  urls: string[]
  setOrigins: (urls: string[]) => void
  readCounts: () => FrontCounts
  stop: () => Promise<void>
}

/**
 * A crowd opens thousands of connections within a moment. What the kernel can't keep for us it drops,
 * and the client tries again after 1, 3, 7, 15 and 31 seconds.
 */
const MOST_UNACCEPTED_CONNECTIONS = 4_096
/**
 * A Node process accepts one connection a listener in each turn of its event loop: while it is busy,
 * new ones would wait for half a minute behind those that it has. An edge does not.
 */
const LISTENERS = 16

/**
 * Stands in for the edge in front of several processes: a shared cache that obeys `s-maxage`,
 * `stale-while-revalidate` and `ETag`, and a round-robin over the living ones. It changes nothing
 * else in a request: the process sees the credentials in the header as they came.
 */
export async function startFront({
  origins: urls,
  port = 0,
}: {
  origins: string[]
  port?: number
}): Promise<Front> {
  const origins = new Origins(urls)
  const cache = new SharedCache()
  const counts = { fromCache: 0, unchanged: 0, fromOrigin: 0 }
  const askOrigin = (asked: ForwardedRequest) => {
    counts.fromOrigin += 1
    return origins.forward(asked)
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await readRequest(request)
    if (!isShareable(asked)) return reply({ response, answer: await askOrigin(asked) })
    const shared = { ...asked, headers: withoutConditions(asked.headers) }
    const { answer: kept, found } = await cache.find({
      key: asked.path,
      ask: () => askOrigin(shared),
    })
    const isUnchanged = isKnown({ asked, answer: kept })
    if (found !== 'asked') counts.fromCache += 1
    if (found !== 'asked' && isUnchanged) counts.unchanged += 1
    reply({ response, answer: isUnchanged ? { ...kept, status: 304 } : kept })
  }

  const serve = (request: IncomingMessage, response: ServerResponse) => {
    // A client that hung up gets no answer; any other error is the client's to see.
    answer(request, response).catch(() => response.destroy())
  }
  const ports = [port, ...Array<number>(LISTENERS - 1).fill(0)]
  const listeners = await Promise.all(ports.map((each) => listen({ port: each, serve })))
  const addresses = listeners.map(({ url }) => url)
  return {
    url: addresses[0] ?? '',
    urls: addresses,
    setOrigins: (all) => origins.set(all),
    readCounts: () => ({ ...counts, byOrigin: origins.countAnswers() }),
    stop: async () => {
      origins.close()
      await Promise.all(listeners.map(({ stop }) => stop()))
    },
  }
}

async function listen({
  port,
  serve,
}: {
  port: number
  serve: (request: IncomingMessage, response: ServerResponse) => void
}): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer(serve)
  server.keepAliveTimeout = 600_000
  // Phones may be connected long before they ask for anything.
  server.headersTimeout = 0
  server.requestTimeout = 0
  const host = '127.0.0.1'
  await new Promise<void>((resolve) =>
    server.listen({ port, host, backlog: MOST_UNACCEPTED_CONNECTIONS }, resolve),
  )
  const address = server.address()
  return {
    url: `http://${host}:${typeof address === 'object' ? address?.port : port}`,
    stop: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function readRequest(request: IncomingMessage): Promise<ForwardedRequest> {
  const { method = 'GET', url: path = '/', headers } = request
  if (method === 'GET') return { method, path, headers, body: EMPTY }
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return { method, path, headers, body: Buffer.concat(chunks) }
}
const EMPTY = Buffer.alloc(0)

/** A request with credentials goes to a process, whatever the answer says about caching. */
function isShareable({ method, headers }: ForwardedRequest): boolean {
  return method === 'GET' && headers.authorization === undefined && headers.cookie === undefined
}

/** One answer serves all, so the whole is asked for, whatever the first client already has. */
function withoutConditions(headers: ForwardedRequest['headers']): ForwardedRequest['headers'] {
  const { 'if-none-match': _, 'if-modified-since': __, 'accept-encoding': ___, ...rest } = headers
  return rest
}

function isKnown({ asked, answer }: { asked: ForwardedRequest; answer: KeptAnswer }): boolean {
  const { etag } = answer.headers
  return (
    answer.status === 200 &&
    etag !== undefined &&
    (asked.headers['if-none-match'] ?? '').includes(etag)
  )
}

function reply({ response, answer }: { response: ServerResponse; answer: KeptAnswer }): void {
  const isEmpty = answer.status === 304 || answer.status === 204
  const length = isEmpty ? {} : { 'content-length': answer.body.length }
  response.writeHead(answer.status, { ...answer.headers, ...length })
  response.end(isEmpty ? undefined : answer.body)
}
