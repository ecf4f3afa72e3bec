import { describe, expect, it } from 'vitest'
import { readReturnPath } from './rules'

const read = (given: unknown) => readReturnPath({ given, otherwise: '/reservations' })

describe('G19: where somebody goes on to after signing in', () => {
  it.each([
    ['/', '/'],
    ['/en/restaurants/friday?party=2&time=2026-11-22T10%3A00%3A00.000Z', undefined],
    ['/reservations#top', '/reservations'],
  ])('%s is of this site', (given, path) => {
    expect(read(given)).toBe(path ?? given)
  })

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    'reservations',
    '',
    undefined,
    ['/reservations', '//evil.example'],
    `/${'a'.repeat(3_000)}`,
  ])('%j is not', (given) => {
    expect(read(given)).toBe('/reservations')
  })
})
