import { describe, expect, test } from 'vitest'
import { toInitials, toKey } from '@/lib/text/search'
import { planSearch } from './search.rules'

const finds = (search: string, name: string) =>
  new RegExp(planSearch(search).name ?? '(?!)').test(`${toKey(name)}\n${toInitials(name)}`)

describe('searching for the name a guest gives at the door', () => {
  test('matches part of the name, ignoring blanks and how the letters were typed', () => {
    for (const search of [
      ' 김 민수',
      '김민수'.normalize('NFD'),
      '민수',
      '김미',
      'ㄱㅁㅅ',
      'rlaalstn',
    ])
      expect(finds(search, '김민수'), search).toBe(true)
    expect(finds('김수', '김민수')).toBe(false)
    expect(finds('ㄱㅁㅎ', '박민희')).toBe(false)
  })

  test('takes the special characters of a regular expression literally', () => {
    for (const search of ['.*(a|b)[c]\\', '^$', '{2}', 'a#b', '\\d', '***=x', '(?i)'])
      expect(finds(search, search), search).toBe(true)
    expect(finds('.*', 'anybody')).toBe(false)
  })

  test('matches four or more digits of the phone, never fewer, in any way of writing', () => {
    expect(planSearch('5678')).toEqual({ name: null, ends: ['%5678'] })
    expect(planSearch('1234-5678')).toEqual({ name: null, ends: ['%12345678'] })
    for (const search of [
      '010-1234-5678',
      '+82 10 1234 5678',
      '０１０．１２３４．５６７８',
      '00821012345678',
    ])
      expect(planSearch(search).ends?.[0], search).toBe('%01012345678')
    expect(planSearch('56')).toEqual({ name: null, ends: null })
  })
})
