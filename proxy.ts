import { NextRequest, NextResponse } from 'next/server'
import createMiddleware from 'next-intl/middleware'
import { isDevelopment } from './lib/env'
import { problemResponse } from './lib/http/api'
import { contentSecurityPolicy } from './lib/http/content-security'
import { pickLocale } from './lib/i18n/locale'
import { routing } from './lib/i18n/routing'
import { refuse } from './lib/problems/result'

const localise = createMiddleware(routing)
const API = /^\/api(\/|$)/
/** Pages that are the same for everybody and kept by shared caches. */
const CACHED = /^(\/en|\/ko)?(\/|\/restaurants(\/[^/]+)?|\/openings\/[^/]+(\/proof)?)?\/?$/

/** Next answers 500 to an address whose escapes can't be decoded; it is the asker's mistake. */
function isReadable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname)
    return true
  } catch {
    return false
  }
}

/** Language in the address, and headers. Who may do what is decided by each handler itself. */
export function proxy(request: NextRequest) {
  const { pathname } = request.nextUrl
  if (!isReadable(pathname)) {
    const locale = pickLocale(request.headers.get('accept-language'))
    return problemResponse({ refusal: refuse('invalid-parameter'), locale })
  }
  if (API.test(pathname)) return NextResponse.next()
  const nonce = CACHED.test(pathname) ? null : Buffer.from(crypto.randomUUID()).toString('base64')
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

/** The API only where its address has an escape: ids and slugs have none. */
export const config = { matcher: ['/((?!api(?:/|$)|_next/|.*\\..*).*)', '/(api/.*%.*)'] }
