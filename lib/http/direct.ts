import { AsyncResource } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { log } from '@/lib/log'
import type { ApiRequest } from './api-request'
import { dataPolicy } from './content-security'
import { chooseCoding } from './packed-body'
import { findResponse } from './raw-response'

export type DirectAnswer = {
  status: number
  headers: Headers
  body: string | Uint8Array | null
}
type Params = Record<string, string>
type Serve = (asked: { request: ApiRequest; params: Params }) => Promise<DirectAnswer>
type Route = { method: string; path: RegExp; serve: Serve }

// The routes and the listener in front of the framework are bundles of their own.
const held = globalThis as typeof globalThis & {
  bobjoolDirectRoutes?: Map<string, Route>
  bobjoolDirectAnswers?: WeakSet<ServerResponse>
}
held.bobjoolDirectRoutes ??= new Map()
held.bobjoolDirectAnswers ??= new WeakSet()
const routes = held.bobjoolDirectRoutes
const direct = held.bobjoolDirectAnswers

/** Smaller answers are not worth the header; as the framework's own. */
const SMALLEST_PACKED_BYTES = 1_024

/** Of a body that was refused unread. */
const MOST_DRAINED_BYTES = 32 * 1024 * 1024

/**
 * Has requests for an operation served in front of the framework from now on, by the very handler that the
 * framework has loaded. `operation` is its method and path, such as `GET /api/v1/openings/{id}`.
 */
export function offerDirectly(operation: string, serve: Serve): void {
  if (routes.has(operation)) return
  const [method = '', path = ''] = operation.split(' ')
  // Whatever needs decoding is left to the framework.
  const pattern = path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/?#%]+)')
  routes.set(operation, { method, path: new RegExp(`^${pattern}(?:\\?|$)`), serve })
}

/** A request that the framework's proxy or its router would treat in a way of their own. */
function isPlain({ headers }: IncomingMessage): boolean {
  if (headers['next-action'] !== undefined || headers.rsc !== undefined) return false
  return !headers['content-type']?.toLowerCase().startsWith('multipart/')
}

/** The handler's request. Null: its headers can't be read as `Headers`. */
function makeRequest(incoming: IncomingMessage): ApiRequest | null {
  const { method = '', url = '', socket } = incoming
  const headers = new Headers()
  try {
    for (const [name, value] of Object.entries(incoming.headers))
      headers.set(name, Array.isArray(value) ? value.join(', ') : (value ?? ''))
    // As the framework does where nothing stands before it.
    if (!headers.has('x-forwarded-for') && socket.remoteAddress)
      headers.set('x-forwarded-for', socket.remoteAddress)
  } catch {
    return null
  }
  return {
    method,
    url: `http://localhost${url}`,
    headers,
    body: { getReader: () => read(incoming) },
  }
}

function read(incoming: IncomingMessage) {
  const chunks: AsyncIterator<Buffer> = incoming.iterator({ destroyOnReturn: false })
  return {
    read: async () => {
      const { done = false, value } = await chunks.next()
      return { done, value }
    },
    cancel: async () => void (await chunks.return?.()),
  }
}

/** A client that still sends hears no answer on a connection that is closed under it. */
function drain(incoming: IncomingMessage): void {
  let left = MOST_DRAINED_BYTES
  incoming.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) incoming.destroy()
  })
}

async function pack({
  request,
  response,
  body,
}: {
  request: ApiRequest
  response: ServerResponse
  body: Buffer
}): Promise<Buffer> {
  if (body.length < SMALLEST_PACKED_BYTES || response.hasHeader('content-length')) return body
  response.appendHeader('vary', 'Accept-Encoding')
  const accepted = request.headers.get('accept-encoding')
  const coding = chooseCoding({ accepted, from: ['gzip'] })
  if (!coding) return body
  response.setHeader('content-encoding', coding)
  return promisify(gzip)(body)
}

async function write({
  incoming,
  request,
  response,
  answer: { status, headers, body },
}: {
  incoming: IncomingMessage
  request: ApiRequest
  response: ServerResponse
  answer: DirectAnswer
}): Promise<void> {
  if (response.destroyed) return
  if (!incoming.complete) drain(incoming)
  response.statusCode = status
  for (const [name, value] of headers) response.setHeader(name, value)
  if (body === null) return void response.end()
  const bytes = await pack({ request, response, body: Buffer.from(body) })
  response.setHeader('content-length', bytes.length)
  response.end(bytes)
}

/**
 * Serves a request in front of the framework, where its operation has been offered. False: it is the
 * framework's.
 */
export function serveDirectly({
  request: incoming,
  response,
}: {
  request: IncomingMessage
  response: ServerResponse
}): boolean {
  const { method = '', url = '' } = incoming
  for (const route of routes.values()) {
    if (route.method !== method) continue
    const params = route.path.exec(url)
    if (!params) continue
    const request = isPlain(incoming) ? makeRequest(incoming) : null
    if (!request) return false
    direct.add(response)
    response.setHeader('content-security-policy', dataPolicy)
    void route
      .serve({ request, params: { ...params.groups } })
      .then((answer) => write({ incoming, request, response, answer }))
      .catch((error: unknown) => {
        log.error({ error }, 'an answer could not be written')
        response.destroy()
      })
    return true
  }
  return false
}

/** Whether the present request is served in front of the framework. */
export function isServedDirectly(): boolean {
  const response = findResponse()
  return response !== undefined && direct.has(response)
}

/**
 * Does work once an answer that is served directly has gone out, or its connection is gone. False: the
 * answer is the framework's.
 */
export function followDirectly(response: ServerResponse, work: () => unknown): boolean {
  if (!direct.has(response)) return false
  const run = AsyncResource.bind(async () => {
    try {
      await work()
    } catch (error) {
      log.error({ error }, 'work after an answer failed')
    }
  })
  if (response.closed) setImmediate(run)
  else response.once('close', run)
  return true
}
