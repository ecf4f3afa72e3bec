import { describe, expect, it, test } from 'vitest'
import { classifyRequest, type RequestClass } from './request-class.rules'

const ID = '0f9c2a34-1111-4222-8333-444455556666'

function classOf(method: string, url: string, hasTurn = false): RequestClass {
  return classifyRequest({ method, url, holdsTurn: () => hasTurn })
}

describe('what a request is worth', () => {
  test.each<[string, string, RequestClass]>([
    ['GET', '/api/health/live', 'spared'],
    ['GET', '/api/health/ready', 'spared'],
    ['GET', '/api/cron/sweep', 'act'],
    ['POST', '/api/hooks/mail', 'act'],
    ['GET', '/_next/static/chunks/a.js', 'spared'],
    ['GET', '/icons/icon-192.png', 'spared'],
    ['GET', '/', 'cached'],
    ['GET', '/en', 'cached'],
    ['GET', '/restaurants/friday?date=2026-01-01', 'cached'],
    ['HEAD', '/en/restaurants/friday/', 'cached'],
    ['GET', `/openings/${ID}/proof`, 'cached'],
    ['GET', '/sitemap.xml', 'cached'],
    ['GET', `/api/v1/restaurants/${ID}/board?date=2026-01-01`, 'cached'],
    ['GET', `/api/v1/restaurants/${ID}/day?date=2026-01-01`, 'act'],
    ['GET', `/api/v1/openings/${ID}`, 'act'],
    ['GET', `/api/v1/openings/${ID}/proof`, 'cached'],
    ['GET', '/owner/friday', 'act'],
    ['GET', '/en/admin', 'act'],
    ['POST', '/owner/friday', 'act'],
    ['POST', `/api/v1/openings/${ID}/turn`, 'act'],
    ['POST', `/api/v1/reservations/${ID}/cancel`, 'act'],
    ['POST', '/api/auth/callback/credentials', 'sign-in'],
    ['GET', '/api/v1/session', 'booking'],
    ['GET', '/api/v1/reservations', 'booking'],
    ['GET', '/reservations', 'booking'],
    ['GET', '/ownership', 'booking'],
    ['GET', '/api/healthy', 'booking'],
  ])('%s %s: %s', (method, url, kind) => {
    expect(classOf(method, url)).toBe(kind)
  })

  it('a booking with a turn of ours is of the last class, and nobody else is asked for one', () => {
    expect(classOf('POST', '/api/v1/reservations', true)).toBe('act')
    expect(classOf('POST', '/api/v1/reservations/?', true)).toBe('act')
    expect(classOf('GET', `/api/v1/restaurants/${ID}/board`, true)).toBe('cached')
    expect(classOf('POST', `/api/v1/openings/${ID}/entries`, true)).toBe('entry')
  })
})
