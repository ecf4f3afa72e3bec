import { subscribe } from 'node:diagnostics_channel'
import { ServerResponse } from 'node:http'
import { contentSecurityPolicy } from './content-security'

/** What every answer says unless its route, or the proxy for a page, says otherwise. */
export const securityHeaders = ({ isDevelopment }: { isDevelopment: boolean }) => ({
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'content-security-policy': contentSecurityPolicy({ nonce: null, isDevelopment }),
  // For browsers that don't know `frame-ancestors`.
  'x-frame-options': 'DENY',
})

/**
 * Sets them before Next sees the request. It leads away from slashes and old addresses, and answers
 * what it can't read, before it comes to the headers of its configuration.
 */
export function secureEveryAnswer(mode: { isDevelopment: boolean }): void {
  const headers = Object.entries(securityHeaders(mode))
  subscribe('http.server.request.start', (message) => {
    if (typeof message !== 'object' || message === null || !('response' in message)) return
    const { response } = message
    if (!(response instanceof ServerResponse)) return
    for (const [name, value] of headers) response.setHeader(name, value)
  })
}
