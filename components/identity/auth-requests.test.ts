import { afterEach, expect, it, vi } from 'vitest'
import { requestSignIn, requestSignOut } from './auth-requests'

afterEach(() => vi.unstubAllGlobals())

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
    return Response.json(url.endsWith('csrf') ? { csrfToken: 'x' } : { url: '/' })
  })
  const isOut = requestSignOut()
  const outcome = requestSignIn({ email: 'a@bobjool.test', password: 'a quiet evening' })
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  release()
  expect(await isOut).toBe(true)
  expect(await outcome).toBe('signed-in')
  expect(asked).toEqual([
    '/api/auth/csrf',
    '/api/auth/signout',
    '/api/auth/csrf',
    '/api/auth/callback/credentials',
  ])
})

it('signs in although the end of the old session is lost', async () => {
  const asked: string[] = []
  vi.stubGlobal('window', { location: { origin: 'https://bobjool.test' } })
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    if (asked.length === 1) throw new TypeError('offline')
    return Response.json(url.endsWith('csrf') ? { csrfToken: 'x' } : { url: '/' })
  })
  const isOut = requestSignOut()
  expect(await requestSignIn({ email: 'a@bobjool.test', password: 'a quiet evening' })).toBe(
    'signed-in',
  )
  expect(await isOut).toBe(false)
})
