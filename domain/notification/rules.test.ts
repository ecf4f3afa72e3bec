import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decideBackOffMs,
  decideBatchSize,
  hideAddresses,
  linkToPage,
  maskAddress,
  pathToBoard,
} from './rules'

describe('decideBackOffMs', () => {
  it('G17: doubles from five seconds and never waits longer than five minutes', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((attempts) =>
      decideBackOffMs({ attempts, jitter: 1 }),
    )
    expect(waits.map((ms) => ms / 1000)).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300])
  })

  it('G17: spreads over the second half of the wait, whatever the number of attempts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempts, jitter) => {
          const longest = decideBackOffMs({ attempts, jitter: 1 })
          const waitMs = decideBackOffMs({ attempts, jitter })
          expect(Number.isInteger(waitMs)).toBe(true)
          expect(waitMs).toBeGreaterThanOrEqual(longest / 2)
          expect(waitMs).toBeLessThanOrEqual(longest)
        },
      ),
    )
  })
})

describe('decideBatchSize', () => {
  it('grows while a batch is begun quickly, and never beyond 160', () => {
    const sizes = [20]
    for (let batch = 0; batch < 5; batch += 1)
      sizes.push(decideBatchSize({ size: sizes.at(-1) ?? 0, tookMs: 50 }))
    expect(sizes).toEqual([20, 40, 80, 160, 160, 160])
  })

  it('stays where it takes a while, and shrinks where what is urgent would wait', () => {
    expect(decideBatchSize({ size: 80, tookMs: 600 })).toBe(80)
    expect(decideBatchSize({ size: 80, tookMs: 1_500 })).toBe(40)
    expect(decideBatchSize({ size: 20, tookMs: 60_000 })).toBe(20)
  })
})

describe('maskAddress', () => {
  it.each([
    ['haneul@example.com', 'h…@example.com'],
    ['"a@x"@y.test', '"…@y.test'],
    ['손님@예약.test', '손…@예약.test'],
    ['nobody', '…'],
    ['@x', '…'],
  ])('shows of %s only %s', (address, masked) => expect(maskAddress(address)).toBe(masked))
})

describe('linkToPage', () => {
  it('prefixes English pages only', () => {
    const path = '/reservations/1'
    expect(linkToPage({ appUrl: 'https://a.test/', locale: 'ko', path })).toBe(
      'https://a.test/reservations/1',
    )
    expect(linkToPage({ appUrl: 'https://a.test', locale: 'en', path })).toBe(
      'https://a.test/en/reservations/1',
    )
  })
})

describe('a mail server’s words', () => {
  it('are shown without the addresses in them', () => {
    const hidden = hideAddresses(
      '550 5.1.1 <Hong.Gil@Example.com>: no such user hong@example.com, 김@예.한국',
    )
    expect(hidden).toBe('550 5.1.1 <…>: no such user …, …')
    expect(hideAddresses('421 try later @ noon')).toBe('421 try later @ noon')
  })
})

describe('the board of a date', () => {
  it('is not the page of settings, in no mail and not in the README', () => {
    const asked = { restaurant: { slug: 'friday' }, serviceDate: '2026-12-04' }
    expect(pathToBoard(asked)).toBe('/owner?restaurant=friday&date=2026-12-04')
    const readme = readFileSync('README.md', 'utf8')
    expect(readme).toContain('<http://localhost:3000/owner?restaurant=corner>')
    expect(readme).not.toMatch(/localhost:3000\/owner\/\w+>/)
  })
})
