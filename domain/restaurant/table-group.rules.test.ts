import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  findAreaFault,
  findCombinationFault,
  matchAreas,
  rankCombinations,
} from './table-group.rules'
import type { Combination } from './table-group.schema'

const table = (number: number, minParty: number, maxParty: number) => ({
  id: `t${number}`,
  number,
  minParty,
  maxParty,
})
const combine = (tableNumbers: number[], minParty: number, maxParty: number): Combination => ({
  tableNumbers,
  minParty,
  maxParty,
})
const hall = [table(1, 1, 2), table(2, 1, 4), table(3, 2, 4), table(4, 4, 6)]

describe('rankCombinations', () => {
  const combinations = [
    combine([3, 2], 5, 8),
    combine([2, 4], 7, 10),
    combine([1, 2, 3], 7, 10),
    combine([3, 4], 7, 10),
  ]
  const rank = (partySize: number) =>
    rankCombinations({ partySize, combinations }).map(({ tableNumbers }) => tableNumbers)

  it('puts the smallest first, then the fewest tables, then the lowest numbers', () => {
    expect(rank(7)).toEqual([
      [2, 3],
      [2, 4],
      [3, 4],
      [1, 2, 3],
    ])
  })

  it.each([
    [4, 0],
    [5, 1],
    [6, 1],
    [8, 4],
    [9, 3],
    [10, 3],
    [11, 0],
  ])('of a party of %i leaves %i that it fits', (partySize, count) => {
    expect(rank(partySize)).toHaveLength(count)
  })

  const party = fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 6 }))
    .map(([minParty, more]) => ({ minParty, maxParty: minParty + more }))
  const sets = fc.uniqueArray(
    fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 4 }),
    { selector: (numbers) => numbers.toSorted((a, b) => a - b).join(), maxLength: 12 },
  )
  const lists = sets.chain((all) =>
    fc
      .array(party, { minLength: all.length, maxLength: all.length })
      .map((sizes) =>
        all.map((tableNumbers, index) =>
          combine(tableNumbers, sizes[index]?.minParty ?? 1, sizes[index]?.maxParty ?? 1),
        ),
      ),
  )

  it('gives each that fits once, never a larger before a smaller, whatever the order of the list', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 20 }), (list, partySize) => {
        const ranked = rankCombinations({ partySize, combinations: list })
        const fitting = list.filter((one) => one.minParty <= partySize && partySize <= one.maxParty)
        expect(ranked).toHaveLength(fitting.length)
        const sizes = ranked.map(({ maxParty }) => maxParty)
        expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
        for (const { minParty, maxParty } of ranked)
          expect(minParty <= partySize && partySize <= maxParty).toBe(true)
        const turned = list
          .toReversed()
          .map((one) => ({ ...one, tableNumbers: one.tableNumbers.toReversed() }))
        expect(rankCombinations({ partySize, combinations: turned })).toEqual(ranked)
      }),
    )
  })
})

describe('findCombinationFault', () => {
  const fault = (...combinations: Combination[]) =>
    findCombinationFault({ combinations, tables: hall })
  it('finds a table that is not there, the same set twice, more than the seats', () => {
    expect(fault(combine([1, 9], 3, 4))).toMatchObject({
      reason: 'no-such-table',
      details: { tableNumbers: [9] },
    })
    expect(fault(combine([1, 2], 3, 4), combine([2, 1], 5, 6))).toMatchObject({
      reason: 'same-combination',
    })
    expect(fault(combine([1, 2], 3, 7))).toMatchObject({
      reason: 'over-seats',
      details: { most: 6, tableNumbers: [1, 2] },
    })
  })
  it('lets two combinations share tables', () => {
    expect(
      fault(combine([1, 2], 3, 6), combine([2, 3], 5, 8), combine([1, 2, 3], 7, 10)),
    ).toBeNull()
  })
})

describe('areas', () => {
  const known = [
    { id: 'hall', name: '홀', tableNumbers: [1, 2] },
    { id: 'room', name: '룸', tableNumbers: [3] },
  ]
  const fault = (...areas: Parameters<typeof findAreaFault>[0]['areas']) =>
    findAreaFault({ areas, tables: hall, known })
  it('have a name once, a table once, and no foreign id', () => {
    expect(fault({ id: 'other', name: '홀', tableNumbers: [] })).toMatchObject({
      reason: 'not-found',
    })
    const hallOnce = { id: 'hall', name: '홀', tableNumbers: [1] }
    expect(fault(hallOnce, { ...hallOnce, name: '룸' })).toMatchObject({ reason: 'not-found' })
    expect(fault(hallOnce, { name: '홀', tableNumbers: [] })).toMatchObject({ reason: 'same-area' })
    expect(fault(hallOnce, { name: '룸', tableNumbers: [1] })).toMatchObject({
      reason: 'table-in-two-areas',
      details: { tableNumber: 1 },
    })
    expect(fault({ name: '룸', tableNumbers: [9] })).toMatchObject({ reason: 'no-such-table' })
    expect(fault(hallOnce, { name: '룸', tableNumbers: [] })).toBeNull()
  })
  it('stay the same by id, else by name, and a name left behind by a renamed one is new', () => {
    const areas = [
      { id: 'hall', name: '룸', tableNumbers: [] },
      { name: '홀', tableNumbers: [] },
      { name: '테라스', tableNumbers: [] },
    ]
    expect(matchAreas({ areas, known }).map(({ id }) => id)).toEqual(['hall', null, null])
    const unnamed = [{ name: '룸', tableNumbers: [] }]
    expect(matchAreas({ areas: unnamed, known }).map(({ id }) => id)).toEqual(['room'])
  })
})
