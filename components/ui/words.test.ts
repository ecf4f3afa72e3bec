import type { ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import en from '@/messages/en/owner.json'
import ko from '@/messages/ko/owner.json'
import { fillIn } from './words'

describe('filling in a sentence', () => {
  it('replaces each place by its value', () => {
    const party = { name: '김민수 님', time: '18:30', size: '4명' }
    expect(fillIn(ko.news.new, party)).toBe('새 예약: 김민수 님, 18:30, 4명')
  })

  it('chooses between `one` and `other` by number in languages that distinguish them', () => {
    expect(fillIn(ko.party.size, { count: 1 })).toBe('1명')
    expect(fillIn(en.party.size, { count: 1 })).toBe('1 guest')
    expect(fillIn(en.party.size, { count: 0 })).toBe('0 guests')
    expect(fillIn(en.party.size, { count: 12 })).toBe('12 guests')
    expect(fillIn(en.party.size, { count: 1_200 })).toBe('1,200 guests')
  })

  it('does not compile with values other than the sentence’s places', () => {
    const { news, party, list } = ko
    const size = '4명'
    // Never called: `validate` fails where one of these lines compiles.
    const write = (isNew: boolean) => [
      // @ts-expect-error a place is missing
      fillIn(news.new, { name: '김민수', time: '18:30' }),
      // @ts-expect-error a place is misspelt
      fillIn(party.name, { nmae: '김민수' }),
      // @ts-expect-error the sentence has no such place
      fillIn(party.name, { name: '김민수', size }),
      // @ts-expect-error the sentence has no place at all
      fillIn(party.walkIn, { name: '김민수' }),
      // @ts-expect-error one of the two sentences has an extra place
      fillIn(isNew ? news.new : party.name, { name: '김민수' }),
      // @ts-expect-error English needs a number to choose by
      fillIn(list.found, { count: '4' }),
      // @ts-expect-error there is no such message
      party.nmae,
    ]
    // @ts-expect-error a template with braces must not reach the screen
    const shown: ReactNode = party.name
    expect([write, shown]).toHaveLength(2)
  })
})
