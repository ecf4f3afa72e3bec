import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import { ServerResponse } from 'node:http'

// One per process, however many bundles carry a copy of this file.
const held = globalThis as typeof globalThis & {
  bobjoolResponses?: AsyncLocalStorage<ServerResponse>
}
held.bobjoolResponses ??= new AsyncLocalStorage()
const responses = held.bobjoolResponses

/** Runs before Next sees the request. */
export function onEachRequest(work: (response: ServerResponse) => void): void {
  subscribe('http.server.request.start', (message) => {
    if (typeof message !== 'object' || message === null || !('response' in message)) return
    const { response } = message
    if (response instanceof ServerResponse) work(response)
  })
}

/** Lets handlers set what Next does not pass on. Once, when the process starts. */
export function followResponses(): void {
  onEachRequest((response) => responses.enterWith(response))
}

/** The answer to the present request. Undefined: there is none, or it is not followed. */
export const findResponse = (): ServerResponse | undefined => responses.getStore()

/**
 * Says how a body is packed, and how long it is. Next drops both from a handler's answer, and would
 * pack a body without the first once more. False: there is no response of ours to say it on, so the
 * body has to go as it is. Call it last: whatever is answered afterwards carries it too.
 */
export function declareBody({
  coding,
  length,
}: {
  coding: 'br' | 'gzip' | null
  length: number
}): boolean {
  const response = responses.getStore()
  if (!response || response.headersSent) return false
  response.setHeader('content-length', length)
  if (coding) response.setHeader('content-encoding', coding)
  return true
}
