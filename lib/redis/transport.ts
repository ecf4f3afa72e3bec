import { Agent, request as requestPlainly } from 'node:http'
import { request as requestSecurely, Agent as SecureAgent } from 'node:https'
import type { Requester, UpstashRequest, UpstashResponse } from '@upstash/redis'
import { RefusedCommand } from './refused-command'

/**
 * Connections kept open between commands; more than a process can use at once would only cost
 * handshakes.
 */
const CONNECTIONS = { keepAlive: true, maxSockets: 64 }

/**
 * How `@upstash/redis` reaches Upstash: through `node:http`, because Next wraps the global `fetch`,
 * and its overhead per call costs a booking more than all its other work in this process
 * (docs/benchmarks.md). One try, within `budgetMs`; anything but a complete answer rejects.
 */
export function connectTransport({
  url,
  token,
  budgetMs,
}: {
  url: string
  token: string
  budgetMs: number
}): Requester {
  const target = new URL(url)
  const isSecure = target.protocol === 'https:'
  const send = isSecure ? requestSecurely : requestPlainly
  const agent = isSecure ? new SecureAgent(CONNECTIONS) : new Agent(CONNECTIONS)
  const base = target.pathname.replace(/\/$/, '')
  const { hostname, port } = target
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

  function request<T>({ body, path = [] }: UpstashRequest): Promise<UpstashResponse<T>> {
    return new Promise((resolve, reject) => {
      const text = JSON.stringify(body)
      const asked = send({
        agent,
        hostname,
        port,
        method: 'POST',
        path: `${base}/${path.join('/')}`,
        headers: { ...headers, 'content-length': Buffer.byteLength(text) },
      })
      const timer = setTimeout(() => asked.destroy(new Error('out of time')), budgetMs)
      asked.once('close', () => clearTimeout(timer))
      asked.once('error', reject)
      asked.once('response', (response) => {
        let answer = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => {
          answer += part
        })
        response.once('error', reject)
        response.once('end', () => {
          try {
            resolve(readAnswer<T>({ status: response.statusCode, answer }))
          } catch (error) {
            reject(error)
          }
        })
      })
      asked.end(text)
    })
  }
  return { request, readYourWrites: false, upstashSyncToken: '' }
}

/** How Upstash answers a command that Redis refused. */
const REFUSED_STATUS = 400

/** Throws the error that Redis or its gateway sent instead of an answer. */
function readAnswer<T>({
  status,
  answer,
}: {
  status: number | undefined
  answer: string
}): UpstashResponse<T> {
  const parsed: UpstashResponse<T> = JSON.parse(answer)
  if (status === 200) return parsed
  const problem = parsed.error ?? `status ${status}`
  throw status === REFUSED_STATUS ? new RefusedCommand(problem) : new Error(problem)
}
