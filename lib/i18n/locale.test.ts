import { describe, expect, it } from 'vitest'
import { localisePath, neutralisePath } from './locale'

describe('the address of a page in a language', () => {
  it.each([
    ['/', 'ko', '/'],
    ['/', 'en', '/en'],
    ['/reservations?cursor=a', 'ko', '/reservations?cursor=a'],
    ['/restaurants/friday', 'en', '/en/restaurants/friday'],
  ] as const)('%s in %s is %s', (path, locale, address) => {
    expect(localisePath({ path, locale })).toBe(address)
  })

  it.each([
    ['/', '/'],
    ['/en', '/'],
    ['/ko/restaurants/friday', '/restaurants/friday'],
    ['/en/restaurants/friday', '/restaurants/friday'],
    ['/enter', '/enter'],
  ])('%s without its language is %s', (path, neutral) => {
    expect(neutralisePath(path)).toBe(neutral)
  })
})
