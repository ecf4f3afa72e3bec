import { expect, test } from 'vitest'
import { isCleanQuery } from './query'

test.each([
  '',
  '?error=rate-limited',
  '?q=%EA%B5%AD%EC%88%98+%EC%A7%91',
  '?a=%20&b=100%25',
  '?q=%B1%B9%BC%F6',
  '?q=100%',
])('an address with %s is read', (search) => expect(isCleanQuery(search)).toBe(true))

test.each(['?error=%0d%0a', '?q=%00', '?q=a%0Ab', '?%0a=1', '?q=%7f', '?q=%c2%85'])(
  'an address with %s is refused',
  (search) => expect(isCleanQuery(search)).toBe(false),
)
