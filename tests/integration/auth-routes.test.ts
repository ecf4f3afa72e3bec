import { NextRequest } from 'next/server'
import { describe, expect, test } from 'vitest'
import { env } from '@/lib/env'
import { authRoute } from '@/lib/http/auth-route'

const TYPE = 'application/x-www-form-urlencoded'

/** What the library got of a request, or the refusal before it. */
async function ask(
  method: 'GET' | 'POST',
  path: string,
  { body = 'csrfToken=x', type = TYPE }: { body?: string; type?: string } = {},
) {
  const seen: { url: string; body: string }[] = []
  const handler = authRoute(async (request) => {
    seen.push({ url: request.url, body: await request.text() })
    return new Response('ok')
  })
  const url = new URL(`/api/auth/${path}`, env.APP_URL)
  const post = { method, body, headers: { 'content-type': type } }
  const request = new NextRequest(url, method === 'POST' ? post : {})
  const nextauth = url.pathname.replace('/api/auth/', '').split('/')
  const answer = await handler(request, { params: Promise.resolve({ nextauth }) })
  return { status: answer.status, text: await answer.text(), seen: seen[0] }
}

const USED = [
  ...[['GET', 'csrf'] as const, ['GET', 'error?error=rate-limited'] as const],
  ...[['GET', 'signin?error=Callback'] as const, ['GET', 'callback/kakao?code=a&state=b'] as const],
  ['GET', 'callback/naver?code=a&state=b'] as const,
  ...[['POST', 'callback/credentials'] as const, ['POST', 'signout'] as const],
  ...[['POST', 'signin/kakao'] as const, ['POST', 'signin/naver'] as const],
]

describe('next-auth’s routes', () => {
  test.each(USED)('in use: %s %s', async (method, path) => {
    expect((await ask(method, path)).seen).toBeDefined()
  })

  const actions = ['_log', 'session', 'providers', 'signout', 'verify-request', 'csrf', 'error']
  const others = [
    ...actions.map((action) => ['POST', action] as const),
    ...['_log', 'session', 'providers', 'signout', 'verify-request', 'callback/credentials'].map(
      (action) => ['GET', action] as const,
    ),
    ...[['POST', 'callback/kakao'] as const, ['POST', 'signin/credentials'] as const],
    ...[['GET', 'callback/google'] as const, ['POST', 'callback/email'] as const],
    ...[
      ['GET', 'csrf/x'] as const,
      ['POST', 'SIGNOUT/x'] as const,
      ['GET', 'signin/kakao'] as const,
    ],
  ].filter(([method, path]) => !USED.some(([m, p]) => m === method && p === path))

  test.each(others)('shut: %s %s', async (method, path) => {
    const { status, seen } = await ask(method, path, { body: 'x'.repeat(1_000_000) })
    expect([status, seen]).toEqual([404, undefined])
  })

  test('a body has a size and a kind', async () => {
    const long = `csrfToken=${'x'.repeat(9_000)}`
    expect((await ask('POST', 'signout', { body: long })).status).toBe(413)
    expect((await ask('POST', 'signout', { type: 'application/json' })).status).toBe(415)
    expect((await ask('POST', 'signout', { type: 'multipart/form-data' })).status).toBe(415)
    const whole = await ask('POST', 'signout', { body: 'csrfToken=x&json=true' })
    expect(whole.seen?.body).toBe('csrfToken=x&json=true')
  })

  test.each([
    'csrf?callbackUrl=https://evil.example',
    'csrf?callbackUrl=//evil.example',
    'csrf?callbackUrl=javascript:alert(1)',
    'csrf?callbackUrl=%0d%0ax',
    'error?error=%0d%0aset-cookie:x',
    'callback/kakao?state=%00',
    `csrf?x=${'x'.repeat(5_000)}`,
  ])('a hostile query is refused: %s', async (path) => {
    const { status, seen } = await ask('GET', path)
    expect([status, seen]).toEqual([400, undefined])
  })

  test('a hostile address to go back to is refused in a body too; our own is not', async () => {
    const post = (callbackUrl: string) =>
      ask('POST', 'signin/kakao', { body: new URLSearchParams({ callbackUrl }).toString() })
    expect((await post('https://evil.example/')).status).toBe(400)
    expect((await post('/reservations?page=2')).seen).toBeDefined()
    expect((await post(`${env.APP_URL}/start`)).seen).toBeDefined()
  })

  test('an error that is no name becomes one, because the library answers with it as it is', async () => {
    const { seen } = await ask('GET', `error?error=${encodeURIComponent('db at 10.0.0.1 is away')}`)
    expect(new URL(seen?.url ?? '').searchParams.get('error')).toBe('Callback')
  })
})
