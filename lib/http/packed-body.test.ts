import { describe, expect, it } from 'vitest'
import { chooseCoding, createPackedBody } from './packed-body'

describe('what Accept-Encoding likes best', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['GZIP;q=0.5', 'gzip'],
    ['br;q=0.4, gzip;q=0.8', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['*;q=0.1, br;q=0', 'gzip'],
    ['identity;q=0, br;q=0.2', 'br'],
    ['identity, br;q=0.2', null],
    ['deflate', null],
    ['br;q=0, gzip;q=0, *', null],
    ['*;q=0', null],
    ['br;q=2', null],
    ['br;q=-1', null],
    ['br;q=', null],
    ['brotli, x-gzip', null],
    ['', null],
    [',;=,', null],
    [null, null],
  ])('%s: %s', (accepted, coding) => {
    expect(chooseCoding({ accepted })).toBe(coding)
  })

  it('is chosen from what there is', () => {
    expect(chooseCoding({ accepted: 'br, gzip;q=0.1', from: ['gzip'] })).toBe('gzip')
    expect(chooseCoding({ accepted: 'br', from: ['gzip'] })).toBeNull()
  })
})

describe('a packed body', () => {
  function makeBody(body: string) {
    const made: string[] = []
    const note = (coding: string) => async () => {
      made.push(coding)
      await new Promise(setImmediate)
      return Buffer.from(coding)
    }
    return { made, packed: createPackedBody(body, { br: note('br'), gzip: note('gzip') }) }
  }

  it('is compressed once for each coding, however many ask at once and later', async () => {
    const { made, packed } = makeBody('x'.repeat(2_000))
    expect(made, 'nobody has asked').toEqual([])
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => packed.pack(index % 2 === 0 ? 'br' : 'gzip')),
    )
    expect(await packed.pack('br')).toBe(answers[0])
    expect(made.toSorted()).toEqual(['br', 'gzip'])
  })

  it('stays as it is when it is small', () => {
    const { made, packed } = makeBody('{}')
    expect(packed.pack('br')).toBeNull()
    expect(made).toEqual([])
  })
})
