import { describe, expect, test } from 'vitest'
import { planSearch } from './other-dates.rules'

describe('whom somebody at the door asks for', () => {
  test('by a part of the name, without blanks and however it was typed', () => {
    expect(planSearch(' 김 민수')).toEqual({ name: '김민수', digits: null })
    expect(planSearch('김민수'.normalize('NFD'))).toEqual({ name: '김민수', digits: null })
  })

  test('by first consonants, each of which stands for its syllables', () => {
    const { name } = planSearch('ㄱㅁㅎ')
    expect(name).toBe('[가-깋][마-밓][하-힣]')
    expect(new RegExp(String(name)).test('김민희')).toBe(true)
    expect(new RegExp(String(name)).test('박민희')).toBe(false)
  })

  test('what a regular expression would take for its own is meant literally', () => {
    const { name } = planSearch('.*(a|b)[c]\\')
    expect(new RegExp(String(name)).test('.*(a|b)[c]\\')).toBe(true)
    expect(new RegExp(String(name)).test('anybody')).toBe(false)
  })

  test('by four digits or more of the phone, never by fewer', () => {
    expect(planSearch('5678')).toEqual({ name: null, digits: '5678' })
    expect(planSearch('1234-5678')).toEqual({ name: null, digits: '12345678' })
    expect(planSearch('56')).toEqual({ name: null, digits: null })
  })
})
