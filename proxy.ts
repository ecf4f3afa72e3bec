import { NextRequest, NextResponse } from 'next/server'
import createMiddleware from 'next-intl/middleware'
import { isDevelopment } from './lib/env'
import { problemResponse } from './lib/http/api'
import { contentSecurityPolicy } from './lib/http/content-security'
import { isCleanQuery } from './lib/http/query'
import { isOwnOrigin } from './lib/http/session'
import { defaultLocale, localisePath, pickLocale } from './lib/i18n/locale'
import { routing } from './lib/i18n/routing'
import { refuse } from './lib/problems/result'

const localise = createMiddleware(routing)
/** No page: its 404 says what to do with an address that can't be read. */
const UNREADABLE = '/unreadable'
const API = /^\/api(\/|$)/
/** The framework's files, whose names may need escapes, and addresses with a dot. */
const FILE = /^\/_next\/|\./
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

/** The 404 in the address's language, for a hostile query, which it does not get. */
function showNoPage({ url, nextUrl: { pathname } }: NextRequest, headers: Headers): NextResponse {
  const [, locale = defaultLocale] = /^\/(en|ko)(?=\/|$)/.exec(pathname) ?? []
  // What next-intl would answer leaves an English address, and with it the query, as it was.
  return NextResponse.rewrite(new URL(`/${locale}${UNREADABLE}`, url), { request: { headers } })
}

/**
 * Handles the language in the address, and headers. Each handler decides permissions itself, but
 * Next throws at a page's action that another site calls, before our handler sees it.
 */
export function proxy(request: NextRequest) {
  const { pathname, search } = request.nextUrl
  const locale = pickLocale(request.headers.get('accept-language'))
  const isForeign = request.headers.has('origin') && !isOwnOrigin(request.headers)
  if (request.method === 'POST' && !API.test(pathname) && isForeign)
    return problemResponse({ refusal: refuse('foreign-origin'), locale })
  if (!isReadable(pathname)) {
    // A person who mistyped an address gets a page; a program, its problem.
    if (!API.test(pathname) && request.headers.get('accept')?.includes('text/html'))
      return NextResponse.redirect(new URL(localisePath({ path: UNREADABLE, locale }), request.url))
    return problemResponse({ refusal: refuse('invalid-parameter'), locale })
  }
  if (API.test(pathname) || FILE.test(pathname)) return NextResponse.next()
  const nonce = CACHED.test(pathname) ? null : Buffer.from(crypto.randomUUID()).toString('base64')
  const policy = contentSecurityPolicy({
    nonce,
    isDevelopment,
  })
  const headers = new Headers(request.headers)
  // Next takes the nonce for its scripts from the request's policy, which a client must not set.
  headers.delete('content-security-policy')
  if (nonce) headers.set('content-security-policy', policy)
  const response = isCleanQuery(search)
    ? localise(new NextRequest(request, { headers }))
    : showNoPage(request, headers)
  response.headers.set('content-security-policy', policy)
  return response
}

/**
 * Covers the API and files only for addresses with an escape, which may be malformed, and addresses
 * with a dot also where they could call an action.
 */
export const config = {
  matcher: [
    '/((?!api(?:/|$)|_next/|.*\\..*).*)',
    '/(.*%.*)',
    { source: '/:path*', has: [{ type: 'header', key: 'next-action' }] },
    { source: '/:path*', has: [{ type: 'header', key: 'content-type', value: 'multipart/.*' }] },
  ],
}
