import { expect, test } from 'vitest'
import { reachable, readHost } from '@/local/app-process'

test('the demo listens on this machine alone unless it is told otherwise', () => {
  expect(readHost({})).toBe('127.0.0.1')
  expect(readHost({ DEMO_HOST: '' })).toBe('127.0.0.1')
  expect(readHost({ DEMO_HOST: '0.0.0.0' })).toBe('0.0.0.0')
})

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['0.0.0.0', 'localhost'],
  ['::', 'localhost'],
  ['::1', '[::1]'],
  ['192.168.0.7', '192.168.0.7'],
])('a demo that listens on %s is reached at %s', (host, name) => {
  expect(reachable(host)).toBe(name)
})
