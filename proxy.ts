import { NextRequest } from 'next/server'
import createMiddleware from 'next-intl/middleware'
import { contentSecurityPolicy } from './lib/content-security'
import { isDevelopment } from './lib/env'
import { routing } from './lib/i18n/routing'

const localise = createMiddleware(routing)
/** Pages that are the same for everybody and kept by shared caches. */
const CACHED = /^(\/en|\/ko)?(\/|\/restaurants(\/[^/]+)?)?\/?$/

/** Language in the address, and headers. Who may do what is decided by each handler itself. */
export function proxy(request: NextRequest) {
  const nonce = CACHED.test(request.nextUrl.pathname)
    ? null
    : Buffer.from(crypto.randomUUID()).toString('base64')
  const policy = contentSecurityPolicy({
    nonce,
    isDevelopment,
  })
  const headers = new Headers(request.headers)
  // Next takes the nonce for its own scripts from the policy on the request; nobody else may set it.
  headers.delete('content-security-policy')
  if (nonce) headers.set('content-security-policy', policy)
  const response = localise(new NextRequest(request, { headers }))
  response.headers.set('content-security-policy', policy)
  return response
}

export const config = { matcher: '/((?!api/|_next/|.*\\..*).*)' }
