import { describe, expect, test } from 'vitest'
import { planBookSearch, planLetterSearch } from './book-search.rules'

describe('searching one restaurant’s book over its index', () => {
  const restaurantId = 'ABCDEF01-0000-4000-8000-000000000001'
  const book = 'abcdef01000040008000000000000001'
  const wordsOf = (search: string) => planBookSearch({ search, restaurantId })[0]

  test('every word of it begins with the restaurant', () => {
    for (const search of ['김민수', 'ㄱㅁㅅ', '김ㅁ', 'kim', '5678', '010-1234-5678']) {
      const words = [...wordsOf(search).matchAll(/'([^']*)'/g)].map(([, word]) => word)
      expect(words.length, search).toBeGreaterThan(0)
      for (const word of words) expect(word?.startsWith(book), search).toBe(true)
    }
  })

  test('a phone is looked for backwards, with and without its first zero', () => {
    expect(wordsOf('5678')).toBe(`('${book}~8765':*)`)
    expect(wordsOf('010-1234-5678')).toBe(`('${book}~87654321010':* | '${book}~8765432101':*)`)
  })

  test('what is no search finds nobody', () => {
    for (const search of ['56', '-']) expect(wordsOf(search), search).toBe(`'~'`)
  })

  test('quotes and backslashes stay in their word', () => {
    expect(wordsOf(`o'neil\\`)).toContain(`''`)
  })
})

describe('one letter or syllable', () => {
  test.each([
    ['김', ['ㄱㅣㅁ']],
    ['김'.normalize('NFD'), ['ㄱㅣㅁ']],
    ['ㄱ', ['ㄱ']],
    ['r', ['r', 'ㄱ']],
    ['-', []],
  ])('%s begins a name', (search, starts) => {
    expect(planLetterSearch(search)).toEqual(expect.arrayContaining(starts))
  })

  test.each(['김민', '김ㅁ', 'ki', '56'])('%s is longer', (search) => {
    expect(planLetterSearch(search)).toBeNull()
  })
})
