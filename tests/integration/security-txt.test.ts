import { afterEach, expect, test, vi } from 'vitest'
import { GET } from '@/app/.well-known/security.txt/route'
import { env } from '@/lib/env'
import { describeSecurityContact } from '@/lib/http/security-txt'
import { readDemoContact } from '@/local/secrets'

const told = {
  contacts: ['mailto:security@bobjool.test', 'https://bobjool.test/report'],
  policy: 'https://bobjool.test/policy',
  origin: 'https://bobjool.test',
  languages: ['ko', 'en'],
  now: new Date('2026-11-29T10:11:12.345Z'),
}

afterEach(() => vi.unstubAllEnvs())

test('security.txt says all that RFC 9116 asks for, in the order of preference', () => {
  expect(describeSecurityContact(told).split('\n')).toEqual([
    'Contact: mailto:security@bobjool.test',
    'Contact: https://bobjool.test/report',
    'Expires: 2027-05-28T00:00:00.000Z',
    'Preferred-Languages: ko, en',
    'Canonical: https://bobjool.test/.well-known/security.txt',
    'Policy: https://bobjool.test/policy',
    '',
  ])
})

test('security.txt expires in the future at any instant, and within a year', () => {
  for (const instant of ['2026-12-31T23:59:59.999Z', '2028-02-29T00:00:00Z']) {
    const now = new Date(instant)
    const [, expires = ''] = /Expires: (\S+)/.exec(describeSecurityContact({ ...told, now })) ?? []
    const days = (Date.parse(expires) - now.getTime()) / 86_400_000
    expect(days).toBeGreaterThan(178)
    expect(days).toBeLessThan(365)
  }
})

test('without a contact there is no security.txt', () => {
  expect(env.SECURITY_CONTACT).toBeUndefined()
  expect(GET().status).toBe(404)
})

test('with a contact it is served as text', async () => {
  vi.resetModules()
  vi.stubEnv('SECURITY_CONTACT', 'mailto:security@bobjool.test')
  const { GET: serve } = await import('@/app/.well-known/security.txt/route')
  const answer = serve()
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(await answer.text()).toContain('Contact: mailto:security@bobjool.test\n')
})

test('the demo has a contact that is served, and the operator’s own comes first', async () => {
  vi.stubEnv('SECURITY_CONTACT', undefined)
  const { SECURITY_CONTACT: contact = '' } = readDemoContact()
  vi.resetModules()
  vi.stubEnv('SECURITY_CONTACT', contact)
  const { GET: serve } = await import('@/app/.well-known/security.txt/route')
  expect(await serve().text()).toContain(`Contact: ${contact}\n`)
  vi.stubEnv('SECURITY_CONTACT', 'mailto:own@bobjool.test')
  expect(readDemoContact()).toEqual({ SECURITY_CONTACT: 'mailto:own@bobjool.test' })
})

test.each(['security@bobjool.test', 'http://bobjool.test/report', 'mailto:a@b.test\nPolicy: x'])(
  'a contact that RFC 9116 does not allow stops the start: %j',
  async (contact) => {
    vi.resetModules()
    vi.stubEnv('SECURITY_CONTACT', contact)
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await expect(import('@/lib/env')).rejects.toThrow()
  },
)
