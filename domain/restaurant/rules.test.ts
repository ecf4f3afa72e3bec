import { describe, expect, test } from 'vitest'
import { mergeEdits, planOpening } from './rules'

const base = { name: '가', phone: '02-000-0000', tags: ['a'] }

describe('two people edit one form', () => {
  test('a field that one of them changed is taken, one that both changed is named, and nothing is lost', () => {
    const mine = { ...base, name: '나', tags: ['a', 'b'] }
    const present = { name: '다', phone: '02-111-1111', tags: ['a', 'b'] }
    expect(mergeEdits({ base, mine, present })).toEqual({
      merged: { name: '나', phone: '02-111-1111', tags: ['a', 'b'] },
      conflicts: { name: '다' },
      taken: ['phone'],
    })
  })

  test('when another form of the page was saved there is nothing to merge', () => {
    const mine = { ...base, name: '나' }
    expect(mergeEdits({ base, mine, present: base })).toEqual({
      merged: mine,
      conflicts: {},
      taken: [],
    })
  })
})

describe('when bookings open', () => {
  const rules = {
    sameDayOnly: false,
    horizonDays: 14,
    dayCutMinutes: 300,
    opensMinutes: null,
    opensDaysBefore: 0,
  }

  test('as soon as the horizon reaches the date, or a set number of days before it', () => {
    expect(planOpening(rules)).toEqual({ kind: 'AHEAD', horizonDays: 14 })
    expect(planOpening({ ...rules, opensMinutes: 600, opensDaysBefore: 3 })).toEqual({
      kind: 'AHEAD_FROM',
      opensMinutes: 600,
      daysBefore: 3,
    })
  })

  test('on the day itself, never before the day begins', () => {
    const today = { ...rules, sameDayOnly: true }
    expect(planOpening(today)).toEqual({ kind: 'SAME_DAY', opensMinutes: 300 })
    expect(planOpening({ ...today, opensMinutes: 0 })).toMatchObject({ opensMinutes: 300 })
    expect(planOpening({ ...today, opensMinutes: 600 })).toMatchObject({ opensMinutes: 600 })
  })
})
