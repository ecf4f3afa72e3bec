import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import type { KeptAnswer } from './cache'

/**
 * More than a process lets in: its door decides what waits, which knows a turn from an entry. Fewer
 * than the 511 connections that Node has the kernel keep, whose excess is dropped and tried again
 * seconds later.
 */
const CONNECTIONS_A_PROCESS = 400
const PROBE_EVERY_MS = 100
const PATIENCE_MS = 20_000

export interface ForwardedRequest {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

interface Origin {
  url: URL
  isUp: boolean
  answered: number
}

/** Not one byte of the request was sent: no process has acted on it. */
class Unreached extends Error {}

/**
 * Takes the processes in turn and leaves out those that refuse connections, until they answer their
 * health check again. A request already sent to a process that died is not repeated, except reads:
 * it may have taken effect, and only the client knows its key.
 */
export class Origins {
  #origins: Origin[] = []
  #next = 0
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS_A_PROCESS })
  readonly #prober: NodeJS.Timeout

  constructor(urls: string[]) {
    this.set(urls)
    this.#prober = setInterval(() => void this.#probe(), PROBE_EVERY_MS).unref()
  }

  set(urls: string[]): void {
    this.#origins = urls.map(
      (url) =>
        this.#origins.find((origin) => origin.url.origin === new URL(url).origin) ?? {
          url: new URL(url),
          isUp: true,
          answered: 0,
        },
    )
  }

  countAnswers(): Record<string, number> {
    return Object.fromEntries(this.#origins.map(({ url, answered }) => [url.origin, answered]))
  }

  async forward(asked: ForwardedRequest): Promise<KeptAnswer> {
    const mostTries = this.#origins.length + 1
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const origin = this.#pick()
      if (!origin) break
      try {
        const answer = await send({ agent: this.#agent, origin: origin.url, asked })
        origin.answered += 1
        return answer
      } catch (error) {
        if (error instanceof Unreached) origin.isUp = false
        else if (asked.method !== 'GET') return UNCERTAIN
      }
    }
    return UNAVAILABLE
  }

  close(): void {
    clearInterval(this.#prober)
    this.#agent.destroy()
  }

  #pick(): Origin | undefined {
    const up = this.#origins.filter(({ isUp }) => isUp)
    this.#next += 1
    return up[this.#next % Math.max(1, up.length)]
  }

  async #probe(): Promise<void> {
    for (const origin of this.#origins.filter(({ isUp }) => !isUp)) {
      origin.isUp = await fetch(new URL('/api/health/live', origin.url)).then(
        ({ ok }) => ok,
        () => false,
      )
    }
  }
}

/** An edge's answer for a process that does not answer: come back in a second. */
const refuseBriefly = (said: string): KeptAnswer => ({
  status: 503,
  headers: { 'retry-after': '1', 'cache-control': 'no-store', 'content-type': 'text/plain' },
  body: Buffer.from(said),
})
const UNAVAILABLE = refuseBriefly('no process answers')
const UNCERTAIN = refuseBriefly('the process went away while it worked on this')

/** Headers of one hop (RFC 9110, 7.6.1); the body is passed on whole, so its framing is ours. */
const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'upgrade'])

function send({
  agent,
  origin,
  asked,
}: {
  agent: Agent
  origin: URL
  asked: ForwardedRequest
}): Promise<KeptAnswer> {
  return new Promise((resolve, reject) => {
    const { method, path, body } = asked
    const headers = Object.fromEntries(
      Object.entries(asked.headers).filter(([name]) => !HOP.has(name)),
    )
    if (method !== 'GET') headers['content-length'] = String(body.length)
    const sent = request({
      agent,
      method,
      path,
      headers,
      timeout: PATIENCE_MS,
      hostname: origin.hostname,
      port: origin.port,
    })
    sent.once('response', (response) => readWhole(response).then(resolve, reject))
    sent.once('timeout', () => sent.destroy(new Error('no answer')))
    sent.once('error', (error) => {
      const isRefused = 'code' in error && error.code === 'ECONNREFUSED'
      reject(isRefused ? new Unreached() : error)
    })
    sent.end(body)
  })
}

async function readWhole(response: IncomingMessage): Promise<KeptAnswer> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined && !HOP.has(name)) headers[name] = String(value)
  }
  return { status: response.statusCode ?? 502, headers, body: Buffer.concat(chunks) }
}
