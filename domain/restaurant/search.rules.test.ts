import { describe, expect, it } from 'vitest'
import { readKeyword } from './search.rules'

const matches = (keyword: string, text: string, translations = {}) => {
  const { anywhere, inNames } = readKeyword({ keyword, translations })
  return [...anywhere, ...inNames].every((pattern) => new RegExp(pattern, 'i').test(text))
}

describe('a keyword', () => {
  it('matches by initial consonants, even when a keyboard merges two into one', () => {
    expect(matches('ㄱㅇㅇㅇㅂㅇ', '금요일의부엌')).toBe(true)
    expect(matches('ㄱㅇㅇㅂ', '금요일의부엌')).toBe(false)
    expect(matches('ㅂㅅ', '부산')).toBe(true)
    expect(matches('ㅄ', '부산')).toBe(true)
    expect(matches('\u1107\u1109', '부산')).toBe(true)
    expect(matches('ㄲ', '꽃')).toBe(true)
    expect(matches('ㄱ', '꽃')).toBe(false)
  })

  it('matches while its last syllable is being typed', () => {
    expect(matches('부어', '부엌')).toBe(true)
    expect(matches('금요ㅇ', '금요일')).toBe(true)
    expect(matches('부엌', '부어')).toBe(false)
    expect(matches('어부', '엌부')).toBe(false)
  })

  it('takes everything else literally', () => {
    for (const text of ['.*', 'a|b', '(?i)x', '[가-힣]', '\\d', '^$', '+?', '{2}', '***=x'])
      expect(matches(text, `${text}`), text).toBe(true)
    expect(matches('.', '가')).toBe(false)
    expect(matches('a|b', 'a')).toBe(false)
  })

  it('matches the translations of Korean words in the page’s language', () => {
    const translations = { 국수: 'Noodles', '전주 한옥마을': 'Jeonju Hanok Village' }
    expect(matches('noodle', '골목 국수', translations)).toBe(true)
    expect(matches('hanok', '전주한옥마을', translations)).toBe(true)
    expect(matches('no', '국수', translations)).toBe(false)
  })

  it('that is empty searches for nothing', () => {
    expect(readKeyword({})).toEqual({ anywhere: [], inNames: [], atStart: '^' })
  })
})
