import { expect, test } from 'vitest'
import en from '@/messages/en/owner.json'
import ko from '@/messages/ko/owner.json'
import { nameLength } from './name-length'

test.each([
  [0, '0분', '0 min'],
  [59, '59분', '59 min'],
  [60, '1시간', '1 h'],
  [161, '2시간 41분', '2 h 41 min'],
])('a length of %i minutes', (minutes, korean, english) => {
  expect(nameLength({ minutes, words: ko.length })).toBe(korean)
  expect(nameLength({ minutes, words: en.length })).toBe(english)
})
