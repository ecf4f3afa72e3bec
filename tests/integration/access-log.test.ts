import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** The nginx of the guide, which operators copy. */
const guide = readFileSync('docs/guides/deploy.md', 'utf8')
const config = /```nginx\n(.*?)```/s.exec(guide)?.[1] ?? ''
const [, pattern = '', replacement = ''] = /"~(\S+)"\s+"(\S+?)";/.exec(config) ?? []
const format = /log_format bobjool [^;]+;/s.exec(config)?.[0] ?? ''

/** What the log has of an address, as nginx makes it: `$uri` has no query. */
function logPath(address: string): string {
  const uri = address.replace(/\?.*$/, '')
  const kind = new RegExp(pattern).exec(uri)?.groups?.kind
  return kind === undefined ? uri : replacement.replace('$kind', kind)
}

const pages = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\/(page\.tsx|route\.ts)$/.test(file))
  .map((file) => `/${file.replace(/\/[^/]+$/, '')}`)
  .filter((route) => /\[\w*token\w*\]/i.test(route))

describe('the access log of the guide', () => {
  test.each(pages)('has no token of %s', (route) => {
    for (const locale of ['', '/en', '/ko']) {
      const address = route.replace('/[locale]', locale).replace(/\[\w+\]/g, 'a-secret')
      expect(logPath(`${address}?to=a-secret`)).not.toContain('secret')
    }
  })

  test('covers the pages there are, and leaves other addresses readable', () => {
    expect(pages.length).toBeGreaterThanOrEqual(3)
    expect(logPath('/en/restaurants/baekban?date=1')).toBe('/en/restaurants/baekban')
    expect(logPath('/owner/kiosk?token=a-secret')).toBe('/owner/kiosk')
  })

  test('is written with that path and with nothing that would bring the address back', () => {
    expect(format).toContain('$logged_path')
    expect(config).toContain('access_log /var/log/nginx/bobjool.log bobjool;')
    expect(format).not.toMatch(/\$(request\b|request_uri|uri|args|query_string|http_)/)
  })
})
