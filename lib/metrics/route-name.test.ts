import { expect, it } from 'vitest'
import { routeTemplates } from './generated/route-templates'
import { createRouteNamer } from './route-name'

const name = createRouteNamer(routeTemplates)
const ID = '7a1f3a52-7f2a-4a55-9a52-3a527f2a4a55'

it.each([
  ['/', '/'],
  ['/en?x=1', '/'],
  ['/restaurants/kims-kitchen', '/restaurants/[slug]'],
  ['/en/restaurants/kims-kitchen/', '/restaurants/[slug]'],
  ['/ko/owner/kiosk', '/owner/kiosk'],
  ['/owner/kims-kitchen/hours', '/owner/[slug]/hours'],
  // A restaurant may be called like a folder.
  ['/owner/restaurants/hours', '/owner/[slug]/hours'],
  [`/api/v1/openings/${ID}/entries/me`, '/api/v1/openings/[id]/entries/me'],
  [`/api/v1/reservations/${ID}?a=b`, '/api/v1/reservations/[id]'],
  ['/api/auth/callback/credentials', '/api/auth/[...nextauth]'],
  ['/links/a-secret-token', '/links/[token]'],
  ['/_next/static/chunks/1.js', 'asset'],
  ['/favicon-of-somebody.ico', 'file'],
  ['/api/nowhere', 'other'],
  [`/api/v1/reservations/${ID}/what`, 'other'],
  ['/wp-admin', 'other'],
  ['//evil', 'other'],
  ['', '/'],
  ['*', 'other'],
])('%s is counted as %s', (url, route) => {
  expect(name(url)).toBe(route)
})

it('whatever is asked for, the names are few', () => {
  const parts = ['api', 'v1', 'owner', 'openings', 'en', 'a.b', '%', ID, '..', '']
  const names = new Set<string>()
  for (const first of parts)
    for (const second of parts)
      for (const third of parts) names.add(name(`/${first}/${second}/${third}`))
  const known = new Set([...routeTemplates, 'asset', 'file', 'other'])
  expect([...names].filter((each) => !known.has(each))).toEqual([])
})
