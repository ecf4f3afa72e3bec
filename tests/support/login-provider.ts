import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as readAll } from 'node:stream/consumers'

export const CLIENT = { id: 'a-client', secret: 'a-client-secret' }

/** What a person sent to the provider does there. */
type Consent = { profile: unknown } | { error: string }

export interface LoginProviderStandIn {
  url: string
  /** What the next person who comes with a browser does there. */
  consentNext: (consent: Consent) => void
  /** A code as the provider would send back with a person of this profile. */
  grant: (profile: unknown) => string
  /** Requests for tokens and profiles so far: none, where a callback was refused before asking. */
  countAsked: () => number
  stop: () => Promise<void>
}

/** Kakao and Naver as our code sees them: a page that sends back, tokens for codes, a profile. */
export async function startLoginProvider(): Promise<LoginProviderStandIn> {
  const codes = new Map<string, unknown>()
  const tokens = new Map<string, unknown>()
  let next: Consent = { error: 'access_denied' }
  let asked = 0

  const grant = (profile: unknown) => {
    const code = randomUUID()
    codes.set(code, profile)
    return code
  }

  function sendBack(address: URL, response: ServerResponse) {
    const back = new URL(address.searchParams.get('redirect_uri') ?? '')
    back.searchParams.set('state', address.searchParams.get('state') ?? '')
    if ('error' in next) back.searchParams.set('error', next.error)
    else back.searchParams.set('code', grant(next.profile))
    response.writeHead(302, { location: back.href }).end()
  }

  async function giveToken(request: IncomingMessage, response: ServerResponse) {
    asked += 1
    const form = new URLSearchParams(await readAll(request))
    const code = form.get('code') ?? ''
    const isClient =
      form.get('client_id') === CLIENT.id && form.get('client_secret') === CLIENT.secret
    if (!isClient || !codes.has(code)) return sendJson(response, { error: 'invalid_grant' }, 400)
    const token = randomUUID()
    tokens.set(token, codes.get(code))
    // A code works once.
    codes.delete(code)
    // Naver gives the seconds as text.
    return sendJson(response, { access_token: token, token_type: 'bearer', expires_in: '3600' })
  }

  function giveProfile(request: IncomingMessage, response: ServerResponse) {
    asked += 1
    const token = request.headers.authorization?.replace(/^bearer /i, '') ?? ''
    if (!tokens.has(token)) return sendJson(response, { code: -401 }, 401)
    return sendJson(response, tokens.get(token))
  }

  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://here.invalid')
    if (address.pathname.endsWith('/authorize')) sendBack(address, response)
    else if (address.pathname.endsWith('/token')) void giveToken(request, response)
    else giveProfile(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    consentNext: (consent) => {
      next = consent
    },
    grant,
    countAsked: () => asked,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function sendJson(response: ServerResponse, value: unknown, status = 200) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

/** The environment that makes a process use the stand-in for both. */
export function loginEnvironment(url: string): Record<string, string> {
  return {
    KAKAO_CLIENT_ID: CLIENT.id,
    KAKAO_CLIENT_SECRET: CLIENT.secret,
    KAKAO_BASE_URL: url,
    NAVER_CLIENT_ID: CLIENT.id,
    NAVER_CLIENT_SECRET: CLIENT.secret,
    NAVER_BASE_URL: url,
  }
}

/** The answer of Kakao's `/v2/user/me`. */
export function kakaoProfile({
  id,
  email = null,
  nickname = '라이언',
  isVerified = true,
}: {
  id: number
  email?: string | null
  nickname?: string
  isVerified?: boolean
}): unknown {
  return {
    id,
    connected_at: '2026-11-22T00:00:00Z',
    kakao_account: {
      profile: { nickname },
      ...(email !== null && {
        email,
        has_email: true,
        is_email_valid: true,
        is_email_verified: isVerified,
      }),
    },
  }
}

/** The answer of Naver's `/v1/nid/me`. */
export function naverProfile({ id, email }: { id: string; email?: string }): unknown {
  return {
    resultcode: '00',
    message: 'success',
    response: { id, nickname: '네이비', ...(email && { email }) },
  }
}
