import { describe, expect, test } from 'vitest'
import { countSeatsTogether, proposeTables, tapTable } from './together.rules'

const table = (tableNumber: number, maxParty: number) => ({ tableNumber, minParty: 1, maxParty })
/** For two, four, six and two. */
const tables = [table(1, 2), table(2, 4), table(3, 6), table(4, 2)]
const none = { tables, combinations: [] }
const combination = (tableNumbers: number[], maxParty: number) => ({
  tableNumbers,
  minParty: 5,
  maxParty,
})

describe('the tables proposed for a party', () => {
  test('are the one that fits best, as long as one does', () => {
    expect(proposeTables({ ...none, partySize: 2 })).toEqual([1])
    expect(proposeTables({ ...none, partySize: 3 })).toEqual([2])
    expect(proposeTables({ ...none, partySize: 6 })).toEqual([3])
  })

  test('are the largest ones together, completed by the smallest that is enough', () => {
    expect(proposeTables({ ...none, partySize: 7 })).toEqual([1, 3])
    expect(proposeTables({ ...none, partySize: 9 })).toEqual([2, 3])
    expect(proposeTables({ ...none, partySize: 12 })).toEqual([1, 2, 3])
    expect(proposeTables({ ...none, partySize: 14 })).toEqual([1, 2, 3, 4])
  })

  test('are a combination of the restaurant before any other, if all of it can be had', () => {
    const combinations = [combination([4, 2, 1], 8), combination([9, 3], 7)]
    expect(proposeTables({ tables, combinations, partySize: 7 })).toEqual([1, 2, 4])
    expect(proposeTables({ tables: tables.slice(0, 3), combinations, partySize: 7 })).toEqual([
      1, 3,
    ])
    expect(proposeTables({ tables, combinations, partySize: 6 })).toEqual([3])
    // It is for eight at most.
    expect(proposeTables({ tables, combinations, partySize: 9 })).toEqual([2, 3])
  })

  test('are of several combinations one with the table that staff have tapped', () => {
    const combinations = [combination([1, 3], 8), combination([2, 3], 10)]
    const asked = { tables, combinations, partySize: 7 }
    expect(proposeTables(asked)).toEqual([1, 3])
    expect(proposeTables({ ...asked, tappedTable: 2 })).toEqual([2, 3])
    expect(proposeTables({ ...asked, tappedTable: 4 })).toEqual([1, 3])
    // It is no reason to push tables together.
    expect(proposeTables({ ...asked, partySize: 6, tappedTable: 2 })).toEqual([3])
  })

  test('are the largest where all are too small, and none where there is none', () => {
    expect(proposeTables({ ...none, partySize: 15 })).toEqual([3])
    expect(proposeTables({ tables: [], combinations: [], partySize: 2 })).toEqual([])
  })
})

describe('a tap on a table', () => {
  const asked = { tables, partySize: 7, isProposed: false }

  test('takes the place of a proposal that is large enough', () => {
    const tapped = { ...asked, partySize: 2, chosen: [1], isProposed: true, tableNumber: 2 }
    expect(tapTable(tapped)).toEqual([2])
    expect(tapTable({ ...tapped, isProposed: false })).toEqual([1, 2])
  })

  test('joins a proposal that is too small', () => {
    expect(tapTable({ ...asked, chosen: [3], isProposed: true, tableNumber: 1 })).toEqual([1, 3])
  })

  test('adds and removes, and proposes again when none is left', () => {
    expect(tapTable({ ...asked, chosen: [1, 3], tableNumber: 2 })).toEqual([1, 2, 3])
    expect(tapTable({ ...asked, chosen: [1, 2, 3], tableNumber: 1 })).toEqual([2, 3])
    expect(tapTable({ ...asked, chosen: [2], tableNumber: 2 })).toBeNull()
  })
})

test('tables seat together what they seat apart', () => {
  expect(countSeatsTogether({ tables, tableNumbers: [1, 3] })).toBe(8)
  expect(countSeatsTogether({ tables, tableNumbers: [] })).toBe(0)
})
