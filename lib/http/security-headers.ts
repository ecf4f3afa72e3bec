import { contentSecurityPolicy } from './content-security'
import { onEachRequest } from './raw-response'

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
  onEachRequest((response) => {
    for (const [name, value] of headers) response.setHeader(name, value)
  })
}
