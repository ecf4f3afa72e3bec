import type { IncomingMessage, ServerResponse } from 'node:http'
import { dataPolicy } from './content-security'

const LIVE = /^\/api\/health\/live(?:\?|$)/
const BODY = '{"live":true}'

/**
 * Answers that the process lives, where requests are taken off the wire: who watches the process would
 * end it for a queue that is only long. False: it was asked for something else.
 */
export function answerLive({
  request: { method, url = '' },
  response,
}: {
  request: IncomingMessage
  response: ServerResponse
}): boolean {
  if ((method !== 'GET' && method !== 'HEAD') || !LIVE.test(url)) return false
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': BODY.length,
    'cache-control': 'no-store',
    'content-security-policy': dataPolicy,
  })
  response.end(method === 'HEAD' ? undefined : BODY)
  return true
}
