/**
 * Speaks to `@upstash/redis` and `@upstash/ratelimit` as Upstash does, with a Redis of this machine
 * behind it. The wire list, and what is left out of it, stands in local/README.md.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerAdmin } from '@/local/upstash/admin'
import { type Answer, send, sendHalf, sendPage } from '@/local/upstash/answer'
import { type Fault, FaultSwitch } from '@/local/upstash/faults'
import { connectUpstream } from '@/local/upstash/redis-upstream'
import { toJsonReply } from '@/local/upstash/reply'
import { parseCommand, parseCommands, readBody } from '@/local/upstash/request'
import { serveUpstashScripts } from '@/local/upstash/scripts'
import { connectStandIn } from '@/local/upstash/stand-in'
import { type Counts, makeCounts, type Tenant } from '@/local/upstash/tenant'
import { type Command, RedisError, type Upstream } from '@/local/upstash/upstream'

export interface GatewayPlan {
  /** Null: the in-process stand-in, which forgets everything when this process ends. */
  redisUrl: string | null
  tokens: TokenPlan[]
  port?: number
}

/** Each token is a Redis of its own: its database, its counts, its faults. */
export interface TokenPlan {
  token: string
  database: number
}

export interface Gateway {
  url: string
  port: number
  setFault: (input: { token: string; fault: Fault | null }) => void
  readCounts: (token: string) => Counts
  resetCounts: (token: string) => void
  stop: () => Promise<void>
}

interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  tenant: Tenant
}

export async function startUpstashGateway(plan: GatewayPlan): Promise<Gateway> {
  const connected: Upstream[] = []
  const tenants = new Map<string, Tenant>()
  for (const { token, database } of plan.tokens) {
    let upstream: Upstream | undefined
    const getUpstream = () => {
      if (upstream) return upstream
      upstream = serveUpstashScripts(connect({ redisUrl: plan.redisUrl, database }))
      connected.push(upstream)
      return upstream
    }
    tenants.set(token, { database, counts: makeCounts(), faults: new FaultSwitch(), getUpstream })
  }
  const server = createServer((request, response) => {
    handle({ request, response, tenants }).catch((error: Error) => {
      send({ response, status: 503, body: { error: `ERR no answer from Redis: ${error.message}` } })
    })
  })
  // Longer than any client keeps an idle connection, so that none is closed under a request.
  server.keepAliveTimeout = 120_000
  server.requestTimeout = 0
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(plan.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const find = (token: string) => {
    const tenant = tenants.get(token)
    if (!tenant) throw new Error(`This gateway knows no token "${token}".`)
    return tenant
  }
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    setFault: ({ token, fault }) => find(token).faults.set(fault),
    readCounts: (token) => structuredClone(find(token).counts),
    resetCounts: (token) => Object.assign(find(token).counts, makeCounts()),
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await Promise.all(connected.map((upstream) => upstream.close()))
    },
  }
}

function connect({ redisUrl, database }: { redisUrl: string | null; database: number }): Upstream {
  return redisUrl ? connectUpstream({ url: redisUrl, database }) : connectStandIn({ database })
}

async function handle({
  request,
  response,
  tenants,
}: {
  request: IncomingMessage
  response: ServerResponse
  tenants: Map<string, Tenant>
}): Promise<void> {
  const token = request.headers.authorization?.replace(/^Bearer /i, '') ?? ''
  const tenant = tenants.get(token)
  if (!tenant) {
    request.resume()
    const error = 'WRONGPASS invalid or missing auth token'
    return send({ response, status: 401, body: { error } })
  }
  const exchange = { request, response, tenant }
  if (request.url?.startsWith('/_admin/')) return answerAdmin(exchange)
  tenant.counts.requests += 1
  const fault = tenant.faults.take()
  const body = await readBody(request)
  if (fault === 'drop-before') return void request.socket.destroy()
  if (fault === 'hang') return
  if (fault === 'error-500') return send({ response, status: 500, body: { error: 'ERR internal' } })
  if (fault === 'not-json') return sendPage(response)
  if (body === null) {
    return send({ response, status: 413, body: { error: 'ERR max request size exceeded' } })
  }
  const answer = await execute({ exchange, body })
  if (fault === 'drop-after') return void request.socket.destroy()
  if (fault === 'truncated') return sendHalf({ response, answer })
  send({ response, ...answer })
}

async function execute({ exchange, body }: { exchange: Exchange; body: string }): Promise<Answer> {
  const { request, tenant } = exchange
  const isBase64 = request.headers['upstash-encoding'] === 'base64'
  const upstream = tenant.getUpstream()
  if (request.method !== 'POST') return refuse('ERR only POST is spoken here', 405)
  if (request.url === '/') {
    const parsed = parseCommand(body)
    if (!parsed.ok) return refuse(parsed.error)
    count({ tenant, commands: [parsed.value] })
    const reply = toJsonReply({ reply: await upstream.ask(parsed.value), isBase64 })
    return { status: 'error' in reply ? 400 : 200, body: reply }
  }
  if (request.url !== '/pipeline' && request.url !== '/multi-exec') {
    return refuse(`ERR no such path: ${request.url}`, 404)
  }
  const parsed = parseCommands(body)
  if (!parsed.ok) return refuse(parsed.error)
  count({ tenant, commands: parsed.value })
  const isAtomic = request.url === '/multi-exec'
  const replies = isAtomic
    ? await upstream.askAtomically(parsed.value)
    : await Promise.all(parsed.value.map((command) => upstream.ask(command)))
  if (replies instanceof RedisError) return refuse(replies.message)
  return { status: 200, body: replies.map((reply) => toJsonReply({ reply, isBase64 })) }
}

function refuse(error: string, status = 400): Answer {
  return { status, body: { error } }
}

function count({ tenant, commands }: { tenant: Tenant; commands: Command[] }): void {
  for (const [name] of commands) {
    tenant.counts.commands[name] = (tenant.counts.commands[name] ?? 0) + 1
  }
}
