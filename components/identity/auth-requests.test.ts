import { afterEach, expect, it, vi } from 'vitest'
import { requestSignIn, requestSignOut } from './auth-requests'

afterEach(() => vi.unstubAllGlobals())

/** Signing out answers 204, without a body. */
function answer(url: string): Response {
  if (url === '/api/v1/session') return new Response(null, { status: 204 })
  return Response.json(url.endsWith('csrf') ? { csrfToken: 'x' } : { url: '/' })
}

it('ends the old session before it signs in, however late that end is', async () => {
  const asked: string[] = []
  let release = () => {}
  const isReleased = new Promise<void>((resolve) => {
    release = resolve
  })
  vi.stubGlobal('window', { location: { origin: 'https://bobjool.test' } })
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    if (asked.length === 1) await isReleased
    return answer(url)
  })
  const isOut = requestSignOut()
  const outcome = requestSignIn({ email: 'a@bobjool.test', password: 'a quiet evening' })
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  release()
  expect(await isOut).toBe(true)
  expect(await outcome).toBe('signed-in')
  expect(asked).toEqual(['/api/v1/session', '/api/auth/csrf', '/api/auth/callback/credentials'])
})

it('signs in although the end of the old session is lost', async () => {
  const asked: string[] = []
  vi.stubGlobal('window', { location: { origin: 'https://bobjool.test' } })
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    if (asked.length === 1) throw new TypeError('offline')
    return answer(url)
  })
  const isOut = requestSignOut()
  expect(await requestSignIn({ email: 'a@bobjool.test', password: 'a quiet evening' })).toBe(
    'signed-in',
  )
  expect(await isOut).toBe(false)
})
