import { describe, expect, it } from 'vitest'
import { readReturnPath } from './rules'
import { personName, phone } from './schema'

const read = (given: unknown) => readReturnPath({ given, otherwise: '/reservations' })

describe('G19: the page a person returns to after signing in', () => {
  it.each([
    ['/', '/'],
    ['/en/restaurants/friday?party=2&time=2026-11-22T10%3A00%3A00.000Z', undefined],
    ['/reservations#top', '/reservations'],
  ])('%s is on this site', (given, path) => {
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

describe('hard case 19: names as people type them', () => {
  it.each([
    ['  김 밥줄 ', '김 밥줄'],
    ['김\r\nBcc: all@example.com', '김 Bcc: all@example.com'],
    ['\u202Egnirt', 'gnirt'],
    ['여울👩‍🍳', '여울👩‍🍳'],
    ['\u1100\u1161', '가'],
    ['a\u0000b', 'a b'],
    ['\uD800', '\uFFFD'],
  ])('%j reads as %j', (given, kept) => {
    expect(personName.parse(given)).toBe(kept)
  })

  it.each(['', ' \t', '\u200F', 'a'.repeat(51), 'a'.repeat(10_000)])('%j is none', (given) => {
    expect(personName.safeParse(given).success).toBe(false)
  })
})

describe('hard case 19: phone numbers', () => {
  it.each([
    ...['12', '010-1234', '전화 주세요', '010-1234-5678; DROP', '+82', '+0123456789'],
    ...['+'.repeat(50), `010${'1'.repeat(90)}`],
  ])('%j is none', (given) => {
    expect(phone.safeParse(given).success).toBe(false)
  })

  it('an empty field is no phone', () => {
    expect(phone.parse(' \u200B ')).toBeNull()
  })
})
