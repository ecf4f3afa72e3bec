import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { placeOf, readScore, SCORE_RANGE, toScoredBytes } from './draw.rules'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
const idOf = (index: number) =>
  sha256(Buffer.from(`entry ${index}`))
    .toString('hex')
    .slice(0, 32)
const scoreOf = (orderSeed: string, index: number) =>
  readScore(sha256(toScoredBytes({ orderSeed, entryId: idOf(index) })))

describe('G13: the score of an entry', () => {
  it('is the first 52 bits of the hash', () => {
    expect(readScore(Uint8Array.of(0, 0, 0, 0, 0, 0, 0x10))).toBe(1)
    expect(readScore(new Uint8Array(32).fill(0xff))).toBe(SCORE_RANGE - 1)
    expect(readScore(Uint8Array.of(0x80, 0, 0, 0, 0, 0, 0x0f))).toBe(SCORE_RANGE / 2)
  })

  it('can be computed by anyone with a hash function', () => {
    const orderSeed = `${'00'.repeat(31)}01`
    expect(scoreOf(orderSeed, 1)).toBe(scoreOf(orderSeed, 1))
    expect(Buffer.from(toScoredBytes({ orderSeed: 'ab01', entryId: 'ff' })).toString('hex')).toBe(
      'ab01ff',
    )
  })

  // The inputs are fixed, so this always holds or never does: a chi-squared test over 100
  // stretches. With 99 degrees of freedom, one uniform draw in a thousand exceeds 148.2.
  it('spreads 200,000 entries evenly', () => {
    const orderSeed = sha256(Buffer.from('a seed')).toString('hex')
    const counts = new Array<number>(100).fill(0)
    for (let index = 0; index < 200_000; index += 1) {
      const stretch = Math.floor((scoreOf(orderSeed, index) / SCORE_RANGE) * 100)
      counts[stretch] = (counts[stretch] ?? 0) + 1
    }
    const expected = 2_000
    const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    expect(chiSquared).toBeLessThan(148.2)
    // Hashing so often takes a busy machine a while.
  }, 60_000)

  it('under one seed tells nothing about the order under another', () => {
    const [one, other] = ['one seed', 'another'].map((text) =>
      sha256(Buffer.from(text)).toString('hex'),
    )
    const pairs = Array.from({ length: 20_000 }, (_, index) => [
      scoreOf(one ?? '', index) / SCORE_RANGE - 0.5,
      scoreOf(other ?? '', index) / SCORE_RANGE - 0.5,
    ])
    const covariance = pairs.reduce((sum, [a = 0, b = 0]) => sum + a * b, 0) / pairs.length
    // Uniform on an interval of one: variance 1/12. Three standard errors of the correlation.
    expect(Math.abs(covariance * 12)).toBeLessThan(3 / Math.sqrt(20_000))
  })
})

describe('G14: the place of an entry', () => {
  it('is its share of the lobby, without ranks', () => {
    expect(placeOf({ score: 0, entryCount: 1_000 })).toBe(0)
    expect(placeOf({ score: SCORE_RANGE / 4, entryCount: 1_000 })).toBe(250)
  })

  it('is after the whole lobby for a late entry', () => {
    const highest = placeOf({ score: SCORE_RANGE - 1, entryCount: 1_000 })
    const late = placeOf({ number: 1, orderBy: 'DRAW', entryCount: 1_000 })
    expect(late).toBe(1_001)
    expect(late).toBeGreaterThan(highest)
  })

  it('is the number that Postgres gave, when ordered by arrival', () => {
    expect(placeOf({ number: 7, orderBy: 'ARRIVAL', entryCount: 5 })).toBe(7)
  })
})
