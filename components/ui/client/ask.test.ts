import { afterEach, describe, expect, it, vi } from 'vitest'
import { ask } from './ask'

/** A server that gives this answer, and the requests it received. */
function answerWith(response: Response): { sent: { url: string; init: RequestInit }[] } {
  const sent: { url: string; init: RequestInit }[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, init })
    return response
  })
  return { sent }
}

function refuse(status: number, problem: object, headers: Record<string, string> = {}): Response {
  const type = { 'content-type': 'application/problem+json' }
  return new Response(JSON.stringify(problem), { status, headers: { ...type, ...headers } })
}

afterEach(() => vi.unstubAllGlobals())

describe('one request of a page', () => {
  it('passes on a refusal’s content, and how long the server wants to be left alone', async () => {
    const body = { reason: 'busy', title: '지금 접속이 많아요.' }
    answerWith(refuse(503, body, { 'retry-after': '4' }))
    const problem = { status: 503, ...body, retryAfterMs: 4_000, body }
    expect(await ask({ url: '/x' })).toEqual({ kind: 'problem', problem })
  })

  it.each(['soon', '-1', 'Fri, 04 Dec 2026 01:00:00 GMT'])(
    'takes a Retry-After of %s for none',
    async (text) => {
      answerWith(refuse(503, { reason: 'busy' }, { 'retry-after': text }))
      expect(await ask({ url: '/x' })).toMatchObject({ problem: { retryAfterMs: null } })
    },
  )

  it('gives no reason where a gateway answers in place of the service', async () => {
    answerWith(new Response('<h1>Bad gateway</h1>', { status: 502 }))
    const problem = { status: 502, reason: null, title: null, retryAfterMs: null, body: {} }
    expect(await ask({ url: '/x' })).toEqual({ kind: 'problem', problem })
  })

  it('G4: treats a truncated answer as none, because its content is unknown', async () => {
    answerWith(new Response('{"id": "a tab'))
    expect(await ask({ url: '/x', method: 'POST' })).toEqual({ kind: 'lost' })
  })

  it('sends an object as JSON, a form as a form, and the language of the page', async () => {
    const { sent } = answerWith(Response.json({}))
    await ask({ url: '/x', method: 'POST', body: { partySize: 2 }, locale: 'en' })
    await ask({ url: '/x', method: 'POST', body: new URLSearchParams({ a: 'b' }) })
    expect(sent.map(({ init }) => init.headers)).toEqual([
      { 'accept-language': 'en', 'content-type': 'application/json' },
      {},
    ])
    expect(sent.map(({ init }) => String(init.body))).toEqual(['{"partySize":2}', 'a=b'])
  })
})
