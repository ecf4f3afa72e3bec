import { NextRequest, NextResponse } from 'next/server'
import createMiddleware from 'next-intl/middleware'
import { isDevelopment } from './lib/env'
import { problemResponse } from './lib/http/api'
import { contentSecurityPolicy } from './lib/http/content-security'
import { localisePath, pickLocale } from './lib/i18n/locale'
import { routing } from './lib/i18n/routing'
import { refuse } from './lib/problems/result'

const localise = createMiddleware(routing)
/** No page: its 404 says what to do with an address that can't be read. */
const UNREADABLE = '/unreadable'
const API = /^\/api(\/|$)/
/** Pages that are the same for every visitor and stored by shared caches. */
const CACHED = /^(\/en|\/ko)?(\/|\/restaurants(\/[^/]+)?|\/openings\/[^/]+(\/proof)?)?\/?$/

/** Next answers 500 to an address with malformed escapes, but the mistake is the client's. */
function isReadable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname)
    return true
  } catch {
    return false
  }
}

/** Handles the language in the address, and headers. Each handler decides permissions itself. */
export function proxy(request: NextRequest) {
  const { pathname } = request.nextUrl
  if (!isReadable(pathname)) {
    const locale = pickLocale(request.headers.get('accept-language'))
    // A person who mistyped an address gets a page; a program, its problem.
    if (!API.test(pathname) && request.headers.get('accept')?.includes('text/html'))
      return NextResponse.redirect(new URL(localisePath({ path: UNREADABLE, locale }), request.url))
    return problemResponse({ refusal: refuse('invalid-parameter'), locale })
  }
  if (API.test(pathname)) return NextResponse.next()
  const nonce = CACHED.test(pathname) ? null : Buffer.from(crypto.randomUUID()).toString('base64')
  const policy = contentSecurityPolicy({
    nonce,
    isDevelopment,
  })
  const headers = new Headers(request.headers)
  // Next takes the nonce for its scripts from the request's policy, which a client must not set.
  headers.delete('content-security-policy')
  if (nonce) headers.set('content-security-policy', policy)
  const response = localise(new NextRequest(request, { headers }))
  response.headers.set('content-security-policy', policy)
  return response
}

/** Covers the API only for addresses with an escape, which ids and slugs never have. */
export const config = { matcher: ['/((?!api(?:/|$)|_next/|.*\\..*).*)', '/(api/.*%.*)'] }
