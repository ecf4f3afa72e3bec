import { describe, expect, test } from 'vitest'
import { type AskedSlot, judgeTable, pickOffPlan, rankTables } from './table-choice.rules'

const at = (time: string) => new Date(`2026-12-04T${time}:00Z`)
const startsAt = at('09:00')

const slot = (change: Partial<AskedSlot> = {}): AskedSlot => ({
  id: 'a',
  tableNumber: 1,
  minParty: 1,
  maxParty: 4,
  startsAt,
  endsAt: at('10:30'),
  isFree: true,
  hasBegun: false,
  isOver: false,
  isOccupied: false,
  ...change,
})
const next = (change: Partial<AskedSlot> = {}) =>
  slot({ id: 'b', startsAt: at('10:30'), endsAt: at('12:00'), ...change })
const judge = (slots: AskedSlot[], minutes: number | null = null) =>
  judgeTable({ slots, startsAt, minutes })

describe('whether a table can be had for a stay', () => {
  test('one seating by itself, its own length', () => {
    expect(judge([slot(), next({ isFree: false })])).toMatchObject({
      ok: true,
      value: { slotIds: ['a'], endsAt: at('10:30') },
    })
  })

  test('a longer stay takes the seatings that follow, as long as they end with it', () => {
    expect(judge([next(), slot()], 180)).toMatchObject({
      value: { slotIds: ['a', 'b'], endsAt: at('12:00') },
    })
    expect(judge([slot(), next({ isFree: false })], 180)).toMatchObject({ reason: 'slot-taken' })
    for (const minutes of [60, 120, 181])
      expect(judge([slot(), next()], minutes)).toEqual({ ok: false, reason: 'no-such-time' })
  })

  test('a pause between two seatings is no part of them', () => {
    const evening = next({ startsAt: at('10:31') })
    expect(judge([slot(), evening], 180)).toEqual({ ok: false, reason: 'no-such-time' })
  })

  test('a time at which no seating begins is none', () => {
    expect(judge([next()])).toEqual({ ok: false, reason: 'no-such-time' })
    expect(judge([])).toEqual({ ok: false, reason: 'no-such-time' })
  })

  test('one that runs can still be had, unless another party sits there; one that is over can’t', () => {
    expect(judge([slot({ hasBegun: true })]).ok).toBe(true)
    expect(judge([slot({ hasBegun: true, isOccupied: true })])).toMatchObject({
      reason: 'table-occupied',
      details: { tableNumbers: [1] },
    })
    expect(judge([slot({ hasBegun: true, isOver: true })])).toMatchObject({ reason: 'past-time' })
  })

  test('who sits there now has left by a time to come', () => {
    expect(judge([slot({ isOccupied: true })]).ok).toBe(true)
  })
})

describe('the best fit', () => {
  const two = slot({ id: 'two', tableNumber: 2, maxParty: 2 })
  const four = slot({ id: 'four', tableNumber: 4, minParty: 3 })
  const wide = slot({ id: 'wide', tableNumber: 3 })
  const rank = (slots: AskedSlot[], partySize: number, insists = false) => {
    const ranked = rankTables({ slots, startsAt, minutes: null, partySize, insists })
    return ranked.ok ? ranked.value.map(({ tableNumber }) => tableNumber) : ranked.reason
  }

  test('is the smallest class, and in it the table made for that size', () => {
    expect(rank([four, wide, two], 2)).toEqual([2, 3, 4])
    expect(rank([wide, four, two], 3)).toEqual([4, 3])
  })

  test('passes over taken tables', () => {
    expect(rank([{ ...two, isFree: false }, wide], 2)).toEqual([3])
    expect(rank([{ ...two, isFree: false }], 2)).toBe('slot-taken')
  })

  test('too large a party is refused, unless staff insist: then the largest comes first', () => {
    expect(rank([two, wide], 5)).toBe('party-size')
    expect(rank([two, wide], 5, true)).toEqual([3, 2])
  })

  test('insisting takes nothing that is taken, and no time that there is not', () => {
    expect(rank([{ ...wide, isFree: false }], 5, true)).toBe('slot-taken')
    expect(rank([], 2, true)).toBe('no-such-time')
    expect(rank([next()], 9)).toBe('no-such-time')
  })
})

describe('the best fit off the plan', () => {
  const two = { tableNumber: 2, minParty: 1, maxParty: 2, isFree: true, isOccupied: false }
  const four = { ...two, tableNumber: 4, maxParty: 4 }
  const pick = (
    tables: (typeof two)[],
    { partySize = 2, insists = false, hasBegun = false } = {},
  ) => {
    const picked = pickOffPlan({ tables, partySize, insists, hasBegun })
    return picked.ok ? picked.value.tableNumber : picked.reason
  }

  test('is the smallest table that is free then', () => {
    expect(pick([four, two])).toBe(2)
    expect(pick([four, { ...two, isFree: false }])).toBe(4)
    expect(pick([{ ...two, isFree: false }])).toBe('slot-taken')
  })

  test('is not where a party sits, if the time has begun', () => {
    const occupied = { ...two, isOccupied: true }
    expect(pick([occupied])).toBe(2)
    expect(pick([occupied], { hasBegun: true })).toBe('table-occupied')
  })

  test('is large enough, unless staff insist', () => {
    expect(pick([two, four], { partySize: 5 })).toBe('party-size')
    expect(pick([two, four], { partySize: 5, insists: true })).toBe(4)
  })
})
