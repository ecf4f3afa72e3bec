import { Agent, request } from 'node:http'
import type { Asked } from './requests'

/** Longer than any request here may take; a slower one is an error, named as such. */
const PATIENCE_MS = 15_000

export interface Answer {
  /** 0: no answer. */
  status: number
  /** Of a problem, or the socket's error. */
  reason: string
}

/** One keep-alive agent per load: its sockets are gone when the load is over. */
export function openClient(): { ask: typeof ask; close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  return { ask, close: () => agent.destroy() }

  function ask({ origin, asked }: { origin: URL; asked: Asked }): Promise<Answer> {
    return new Promise((resolve) => {
      const sent = request({
        agent,
        hostname: origin.hostname,
        port: origin.port,
        method: asked.method,
        path: asked.path,
        headers: asked.headers,
        timeout: PATIENCE_MS,
      })
      sent.once('response', (response) => {
        const isProblem = response.headers['content-type'] === 'application/problem+json'
        let text = ''
        if (isProblem) response.setEncoding('utf8')
        response.on('data', (chunk) => {
          if (isProblem) text += chunk
        })
        response.once('end', () => {
          resolve({ status: response.statusCode ?? 0, reason: isProblem ? readReason(text) : '' })
        })
        response.once('error', (error) => resolve({ status: 0, reason: error.message }))
      })
      sent.once('timeout', () => sent.destroy(new Error('no answer')))
      sent.once('error', (error) => resolve({ status: 0, reason: error.message }))
      sent.end(asked.body)
    })
  }
}

function readReason(text: string): string {
  return /"reason":"([a-z-]+)"/.exec(text)?.[1] ?? 'problem without a reason'
}
