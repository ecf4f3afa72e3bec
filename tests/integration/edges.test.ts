import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import config from '@/next.config'
import { type Answer, askApi } from '../support/api-client'
import { setUpRestaurant, useApps } from '../support/http-scene'
import { callAction, listActions } from '../support/server-actions'

const PAGES = path.resolve(import.meta.dirname, '../../app/[locale]')
const TOKEN = 'A'.repeat(43)

const apps = useApps({ smtpUrl: null, env: { TRUSTED_ADDRESS_HEADER: 'x-real-address' } })
let slug = ''
let asset = ''
beforeAll(async () => {
  const { restaurantId } = await setUpRestaurant()
  slug = restaurantId
  const home = await get('/')
  asset = /\/_next\/static\/[^"']+\.js/.exec(home.text)?.[0] ?? ''
})

const get = (address: string, headers: Record<string, string> = {}): Promise<Answer> =>
  askApi({ url: apps.urlOf(), path: address, headers: { accept: 'text/html', ...headers } })

/** Every page of the product, with something in place of what its address names. */
function listPages(): { address: string; file: string }[] {
  const files = readdirSync(PAGES, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => path.basename(file) === 'page.tsx')
    .map((file) => {
      const route = path.dirname(file).replaceAll(path.sep, '/')
      const named = route.replace(/\[\.{3}\w+\]/g, 'nowhere').replace('[slug]', slug)
      const dated = named.replace('[date]', '2026-12-01').replace(/\[\w+\]/g, TOKEN)
      return { address: route === '.' ? '/' : `/${dated}`, file: path.join(PAGES, file) }
    })
}

describe('every path says what may run in it, and that nothing may frame it', () => {
  const expectFramed = (answer: Answer) => {
    const { 'content-security-policy': policy, 'x-frame-options': frames } = answer.headers
    const told = `${answer.status} ${answer.asked.path}`
    expect(policy, told).toContain("frame-ancestors 'none'")
    expect(policy, told).toContain("base-uri 'none'")
    expect(String(policy).split("frame-ancestors 'none'"), `${told}: one policy`).toHaveLength(2)
    expect(frames, told).toBe('DENY')
    expect(answer.headers['x-content-type-options'], told).toBe('nosniff')
  }

  test('pages, in both languages', async () => {
    const pages = listPages()
    expect(pages.length).toBeGreaterThan(30)
    for (const { address } of pages) {
      expectFramed(await get(address))
      // Next itself leads from `/en/` to `/en`, before any header of ours.
      expectFramed(await get(address === '/' ? '/en' : `/en${address}`))
    }
  })

  test('addresses with a dot, files, pictures, redirects, and what is not there', async () => {
    const paths = [
      ...['/nowhere.html', '/en/nowhere.php', '/.env', '/restaurants/x.y', '/cancel/a.b'],
      ...['/sitemap.xml', '/robots.txt', '/notices-worker.js', '/verify-opening.mjs', asset],
      ...['/share.png', `/restaurants/${slug}/share.png`, '/sitemaps/pages.xml', '/favicon.ico'],
      ...['/ko/restaurants', '/nowhere', '/%ff', '/en/%', '/unreadable'],
      ...['/_next/nowhere', '/_next/static/nowhere.js', '/_next/image?url=%2Fx.png&w=64&q=75'],
      ...['/start', '/sign-in?error=%0d%0a'],
    ]
    for (const address of paths) expectFramed(await get(address))
  })

  test.each([
    [308, '/en/'],
    [308, '/restaurants/'],
    [308, '/nowhere.html/'],
    [308, '//restaurants'],
    [308, '/\\evil.example'],
    [308, '/api/v1/time/'],
    [308, '/_next/static/'],
    [307, '/ko'],
    [307, '/ko/restaurants'],
    [400, '/_next/static/%ff'],
    [400, '/_next/%E0%A4%A'],
    [400, '/_next/image?url=x'],
    [400, '/share.png%ff'],
    [400, '/%ff'],
    [404, '/_next/static/nowhere.js'],
    [404, '/_next/static/../../package.json'],
    [404, '/_next/data/nowhere/en.json'],
    [404, '/nowhere%2ehtml'],
  ])('what Next answers by itself: %i %s', async (status, address) => {
    const answer = await askApi({ url: apps.urlOf(), path: address })
    expectFramed(answer)
    expect(answer.status).toBe(status)
  })

  test('redirects from former addresses', async () => {
    const redirects = (await config.redirects?.()) ?? []
    expect(redirects.length).toBeGreaterThan(0)
    for (const { source } of redirects) {
      const answer = await get(source)
      expectFramed(answer)
      expect(answer.status, source).toBe(308)
    }
  })

  test.each<[method: string, headers: Record<string, string>]>([
    ['POST', {}],
    ['DELETE', {}],
    ['GET', { 'if-match': '"x"' }],
    ['GET', { range: 'bytes=99999999-' }],
    ['HEAD', {}],
  ])('a file, asked for by %s with %j', async (method, headers) => {
    for (const path of [asset, '/notices-worker.js'])
      expectFramed(await askApi({ url: apps.urlOf(), method, path, headers }))
  })

  test('control: a file whose name needs an escape is served', async () => {
    const answer = await get(asset.replace(/\.js$/, '%2ejs'))
    expect(answer.headers['content-type']).toContain('javascript')
  })

  test('the API and next-auth, whatever they answer', async () => {
    const paths = [
      ...['/api/v1/time', '/api/v1/restaurants', '/api/v1/nowhere', '/api/nowhere.json', '/api'],
      ...['/api/v1/openapi.json', `/api/v1/restaurants/${slug}/board`, '/api/v1/tickets/%ff'],
      ...['/api/auth/csrf', '/api/auth/signout', '/api/auth/signin', '/api/auth/_log'],
      ...['/api/auth/error?error=busy', '/api/health/live', '/api/cron/sweep'],
    ]
    for (const address of paths) {
      const answer = await get(address)
      expectFramed(answer)
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    }
  })

  test('control: pages for one visitor keep their nonce', async () => {
    const { headers } = await get('/sign-in')
    expect(headers['content-security-policy']).toContain("'strict-dynamic'")
  })
})

describe('hostile addresses and origins get 4xx, without a stack in the answer or the log', () => {
  const expectQuiet = (answer: Answer, before: string) => {
    expect(answer.status, answer.asked.path).toBeGreaterThanOrEqual(400)
    expect(answer.status, answer.asked.path).toBeLessThan(500)
    expect(answer.text).not.toMatch(/\bat \w+.*\.(js|ts):\d+|node_modules/)
    expect(apps.outputOf().slice(before.length)).not.toMatch(/\bat .*:\d+:\d+|Error:/)
  }

  test.each([
    '/sign-in?error=%0d%0a',
    '/en/sign-in?error=%0d%0aset-cookie:%20a=b',
    '/sign-in?callbackUrl=%00',
    '/sign-in/by-mail?callbackUrl=%2F%09%2Fevil.example',
    '/restaurants?keyword=%1b%5b31m',
    '/?x=%0a',
    '/en?%0d=1',
    '/api/auth/error?error=%0d%0aset-cookie:%20a=b',
    '/api/auth/signin?callbackUrl=%0d%0a',
    '/api/auth/csrf?callbackUrl=https://evil.example',
  ])('%s', async (address) => {
    const before = apps.outputOf()
    const answer = await get(address)
    expectQuiet(answer, before)
    expect(answer.headers['set-cookie'] ?? []).not.toContain('a=b')
  })

  test.each(['ko', 'en'])(
    'a page gets the 404 in the language of its address: %s',
    async (locale) => {
      const { text, status } = await get(`${locale === 'en' ? '/en' : ''}/sign-in?error=%0d%0a`)
      expect(status).toBe(404)
      expect(text).toMatch(new RegExp(`<main[^>]* lang="${locale}"`))
    },
  )

  test('control: the same page without it', async () => {
    expect((await get('/sign-in?error=rate-limited')).status).toBe(200)
  })

  test.each([
    'https://evil.example',
    'null',
    'garbage',
    'http://',
    'http://127.0.0.1.evil.example',
    'javascript:alert(1)',
  ])('an action called from %s', async (origin) => {
    const [action] = listActions()
    if (!action) throw new Error('the build has no action')
    const before = apps.outputOf()
    const asked = { url: apps.urlOf(), action, given: { locale: 'ko' }, origin }
    const { answer } = await callAction(asked)
    expect(answer.status).toBe(403)
    expectQuiet(answer, before)
    // Where the proxy does not look at pages: an address with a dot.
    const dotted = await callAction({ ...asked, action: { ...action, pagePath: '/nowhere.html' } })
    expect(dotted.answer.status).toBe(403)
    expectQuiet(dotted.answer, before)
  })

  test('control: from our own page it reaches the action', async () => {
    const action = listActions().find(({ name }) => name.endsWith(' askForLink'))
    if (!action) throw new Error('the build has no askForLink')
    const { told } = await callAction({ url: apps.urlOf(), action, given: { locale: 'ko' } })
    expect(told).toMatchObject({ reason: 'invalid' })
  })
})

describe('pages whose address holds a token', () => {
  /** By their folder's name, or because they say so themselves. */
  const isTokenPage = ({ file }: { file: string }) =>
    file.includes('[token]') || readFileSync(file, 'utf8').includes("referrer: 'no-referrer'")

  test('name no referrer to anybody, and no search engine keeps them', async () => {
    const pages = listPages().filter(isTokenPage)
    expect(pages.length).toBeGreaterThanOrEqual(5)
    for (const { address } of pages)
      for (const prefix of ['', '/en', '/ko']) {
        const { headers, status } = await get(`${prefix}${address}`)
        // A redirect to the address without its prefix.
        if (status === 307) continue
        expect(headers['referrer-policy'], `${prefix}${address}`).toBe('no-referrer')
        expect(headers['x-robots-tag'], `${prefix}${address}`).toContain('noindex')
      }
  })

  test('control: other pages name their site', async () => {
    expect((await get('/')).headers['referrer-policy']).toBe('strict-origin-when-cross-origin')
  })
})

describe('next-auth writes nothing for strangers, and its rates are bounded', () => {
  const post = (address: string, bytes: string, headers: Record<string, string>) =>
    askApi({ url: apps.urlOf(), method: 'POST', path: address, bytes, headers })

  test('a megabyte for its log leaves no word there', async () => {
    const before = apps.outputOf()
    const type = { 'content-type': 'application/json' }
    const answer = await post('/api/auth/_log', JSON.stringify({ x: 'y'.repeat(1_000_000) }), type)
    expect(answer.status).toBe(404)
    expect(apps.outputOf()).toBe(before)
  })

  test('one address asks twelve hundred times at once, and then has to wait; another does not', async () => {
    const ask = (address: string) =>
      post('/api/auth/signout', '{}', { 'x-real-address': address, 'content-type': 'text/plain' })
    const statuses: number[] = []
    while (statuses.length < 6_000 && !statuses.includes(429)) {
      const some = await Promise.all(Array.from({ length: 100 }, () => ask('203.0.113.77')))
      statuses.push(...some.map(({ status }) => status))
    }
    expect(statuses.indexOf(429)).toBeGreaterThanOrEqual(600)
    expect((await ask('203.0.113.78')).status).toBe(415)
  })
})

test('search is the same for everybody, and a shared cache may keep it for a second', async () => {
  const asked = '/api/v1/restaurants?limit=1'
  const { headers } = await get(asked)
  expect(headers['cache-control']).toBe('public, max-age=0, s-maxage=1, stale-while-revalidate=1')
  const again = await get(asked, { 'if-none-match': headers.etag ?? '' })
  expect([again.status, again.text]).toEqual([304, ''])
  // The page shows what is free tonight.
  const page = await get('/restaurants?keyword=x')
  expect(page.headers['cache-control']).toMatch(/no-store|no-cache/)
})
