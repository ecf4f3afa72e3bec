import { describe, expect, test } from 'vitest'
import { mergeEdits } from './rules'

const base = { name: '가', phone: '02-000-0000', tags: ['a'] }

describe('two people edit one form', () => {
  test('what only one of them changed is taken, what both changed is named, and nothing is lost', () => {
    const mine = { ...base, name: '나', tags: ['a', 'b'] }
    const present = { name: '다', phone: '02-111-1111', tags: ['a', 'b'] }
    expect(mergeEdits({ base, mine, present })).toEqual({
      merged: { name: '나', phone: '02-111-1111', tags: ['a', 'b'] },
      conflicts: { name: '다' },
      taken: ['phone'],
    })
  })

  test('another form of the same page was saved: nothing to bring together', () => {
    const mine = { ...base, name: '나' }
    expect(mergeEdits({ base, mine, present: base })).toEqual({
      merged: mine,
      conflicts: {},
      taken: [],
    })
  })
})
