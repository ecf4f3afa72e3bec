import { NextRequest } from 'next/server'
import { env } from '@/lib/env'
import { pickLocale } from '@/lib/i18n/locale'
import { refuseFailure } from '@/lib/problems/failure'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { takeLocally } from '@/lib/redis/local-limit'
import { inRequest, readRequestId } from '@/lib/request-context'
import { noteRefusal } from '@/lib/security/security-log'
import { problemResponse } from './api'
import { readText } from './body'
import { isCleanQuery } from './query'
import { readTrustedAddress } from './session'

type Context = { params: Promise<{ nextauth: string[] }> }
type Handler = (request: NextRequest, context: Context) => Promise<Response>

/** What our pages and the login providers ask of next-auth; all its other routes stay shut. */
const used = {
  GET: /^(csrf|signin|error|callback\/(kakao|naver))$/,
  POST: /^(callback\/credentials|signin\/(kakao|naver)|signout)$/,
} as const

/** An address and a password of the longest kind, a token and a path of ours. */
const MOST_FORM_BYTES = 8 * 1024
const MOST_QUERY_LENGTH = 4_096

/** A sign-in takes two requests, and three hundred people sign in in a minute. */
const PER_ADDRESS = { burst: 1_200, everyMs: 50 }

/** next-auth puts the error into an answer's address as it is, so that it must be a name. */
function nameError(request: NextRequest): NextRequest {
  const url = new URL(request.url)
  const error = url.searchParams.get('error')
  if (error === null || /^[\w-]{1,64}$/.test(error)) return request
  url.searchParams.set('error', 'Callback')
  return new NextRequest(url, { headers: request.headers })
}

/** A path of ours, or an address within this site; next-auth answers 500 to anything else. */
function isOwnAddress(given: string | null): boolean {
  if (given === null) return true
  const base = new URL(env.APP_URL)
  return URL.canParse(given, base) && new URL(given, base).origin === base.origin
}

/** The request with a body that has been read to its end. Refuses `not-form` and `too-large`. */
async function readForm(
  request: NextRequest,
): Promise<Result<NextRequest, 'not-form' | 'too-large' | 'invalid-parameter'>> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return refuse('not-form')
  const text = await readText(request, MOST_FORM_BYTES)
  if (text === null) return refuse('too-large')
  if (!isOwnAddress(new URLSearchParams(text).get('callbackUrl')))
    return refuse('invalid-parameter')
  const { headers, url } = request
  return succeed(new NextRequest(url, { method: 'POST', headers, body: text }))
}

async function admitRequest(
  request: NextRequest,
  { params }: Context,
): Promise<
  Result<NextRequest, 'not-found' | 'rate-limited' | 'invalid-parameter' | 'not-form' | 'too-large'>
> {
  const { nextauth } = await params
  const isPost = request.method === 'POST'
  if (!used[isPost ? 'POST' : 'GET'].test(nextauth.join('/'))) return refuse('not-found')
  const address = readTrustedAddress(request.headers)
  const retryAfterMs = address ? takeLocally({ subject: `auth:${address}`, ...PER_ADDRESS }) : 0
  if (retryAfterMs > 0) return refuse('rate-limited', { retryAfterMs })
  const { search, searchParams } = new URL(request.url)
  const isReadable = search.length <= MOST_QUERY_LENGTH && isCleanQuery(search)
  if (!isReadable || !isOwnAddress(searchParams.get('callbackUrl')))
    return refuse('invalid-parameter')
  return isPost ? readForm(request) : succeed(nameError(request))
}

/**
 * The edge of next-auth's routes, as `apiRoute` is of ours: only those in use, with bodies, queries
 * and rates bounded before the library reads them. Refuses `not-found`, `rate-limited`,
 * `invalid-parameter`, `not-form` and `too-large`.
 */
export function authRoute(handler: Handler): Handler {
  const answer = async (request: NextRequest, context: Context) => {
    const admitted = await admitRequest(request, context)
    if (admitted.ok) return handler(admitted.value, context)
    noteRefusal(admitted)
    const locale = pickLocale(request.headers.get('accept-language'))
    return problemResponse({ refusal: admitted, locale })
  }
  return (request, context) => {
    const { headers } = request
    const asked = {
      id: readRequestId(headers),
      operation: 'next-auth',
      address: readTrustedAddress(headers),
      accountId: null,
    }
    return inRequest(asked, () =>
      answer(request, context).catch((error: unknown) => {
        const locale = pickLocale(headers.get('accept-language'))
        return problemResponse({ refusal: refuseFailure(error), locale })
      }),
    )
  }
}
