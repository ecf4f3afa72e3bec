import { describe, expect, test } from 'vitest'
import { planSearch } from './other-dates.rules'

describe('searching for the name a guest gives at the door', () => {
  test('matches part of the name, ignoring blanks and how the letters were typed', () => {
    expect(planSearch(' 김 민수')).toEqual({ name: '김민수', digits: null })
    expect(planSearch('김민수'.normalize('NFD'))).toEqual({ name: '김민수', digits: null })
  })

  test('matches first consonants, each of them any syllable that begins with it', () => {
    const { name } = planSearch('ㄱㅁㅎ')
    expect(name).toBe('[가-깋][마-밓][하-힣]')
    expect(new RegExp(String(name)).test('김민희')).toBe(true)
    expect(new RegExp(String(name)).test('박민희')).toBe(false)
  })

  test('takes the special characters of a regular expression literally', () => {
    const { name } = planSearch('.*(a|b)[c]\\')
    expect(new RegExp(String(name)).test('.*(a|b)[c]\\')).toBe(true)
    expect(new RegExp(String(name)).test('anybody')).toBe(false)
  })

  test('matches four or more digits of the phone, never fewer', () => {
    expect(planSearch('5678')).toEqual({ name: null, digits: '5678' })
    expect(planSearch('1234-5678')).toEqual({ name: null, digits: '12345678' })
    expect(planSearch('56')).toEqual({ name: null, digits: null })
  })
})
