import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlannedSlot } from '@/domain/booking/change.rules'
import type { DayClosure, DayParty } from './schema'
import { type FreeTable, type MovingParty, nameClosings, proposeMoves } from './table-closure.rules'

const at = (hour: number) => new Date(Date.UTC(2026, 11, 4, hour))
const now = at(8)
const table = (number: number, maxParty: number): FreeTable => ({
  id: `t${number}`,
  number,
  minParty: 1,
  maxParty,
  isOccupied: false,
})
const hours = [9, 10, 11]
const slotsOf = (tables: readonly FreeTable[], taken: readonly string[] = []): PlannedSlot[] =>
  tables.flatMap(({ number, maxParty }) =>
    hours.map((hour) => ({
      id: `${number} ${hour}`,
      tableNumber: number,
      startsAt: at(hour),
      endsAt: at(hour + 1),
      maxParty,
      isOpen: !taken.includes(`${number} ${hour}`),
      takenBy: null,
      isOffPlan: false,
    })),
  )
const party = (reservationId: string, change: Partial<MovingParty> = {}): MovingParty => ({
  reservationId,
  partySize: 2,
  startsAt: at(9),
  seatings: 1,
  minutes: 60,
  isOffPlan: false,
  ...change,
})
const hall = [table(1, 2), table(2, 4), table(3, 4), table(4, 6)]
const propose = (
  parties: MovingParty[],
  {
    taken = [] as string[],
    combinations = [] as Parameters<typeof proposeMoves>[0]['combinations'],
    tables = hall,
  } = {},
) => {
  const moves = proposeMoves({
    parties,
    tables,
    combinations,
    slots: slotsOf(tables, taken),
    closed: [],
    now,
  })
  return parties.map(({ reservationId }) => {
    const move = moves.get(reservationId)
    return move
      ? `${move.tableNumbers.join('+')} at ${new Date(move.startsAt).getUTCHours()}${move.isOtherTime ? '!' : ''}`
      : 'none'
  })
}

describe('where the parties of a closed table can go', () => {
  it('is the smallest table that fits at the same time, each promised once', () => {
    expect(propose([party('a'), party('b'), party('c', { partySize: 4 })])).toEqual([
      '1 at 9',
      '3 at 9',
      '2 at 9',
    ])
  })

  it('is a combination where no table alone can be had', () => {
    const combinations = [{ tableNumbers: [2, 3], minParty: 7, maxParty: 8 }]
    expect(propose([party('a', { partySize: 8 })], { combinations })).toEqual(['2+3 at 9'])
    expect(propose([party('a', { partySize: 8 })], { combinations, taken: ['3 9'] })).toEqual([
      '2+3 at 10!',
    ])
    // One of its tables is out of use.
    const tables = hall.filter(({ number }) => number !== 3)
    expect(propose([party('a', { partySize: 8 })], { combinations, tables })).toEqual(['none'])
  })

  it('is else the nearest time, of two as near the later, and else none', () => {
    const full = hall.map(({ number }) => `${number} 10`)
    expect(propose([party('a', { startsAt: at(10) })], { taken: full })).toEqual(['1 at 11!'])
    expect(propose([party('a', { partySize: 9 })])).toEqual(['none'])
  })

  it('leaves a place to the party that can keep its time', () => {
    const tables = [table(1, 2)]
    // The early one would take the late one's only table.
    const late = party('late', { startsAt: at(10) })
    expect(propose([party('early'), late], { tables, taken: ['1 9'] })).toEqual([
      '1 at 11!',
      '1 at 10',
    ])
  })

  it('keeps as many seatings, and a party off the plan only its own time', () => {
    const tables = [table(2, 4)]
    expect(propose([party('a', { seatings: 2, minutes: 120 })], { tables })).toEqual(['2 at 9'])
    expect(propose([party('a', { seatings: 2 })], { tables, taken: ['2 10'] })).toEqual(['none'])
    const off = party('a', { startsAt: new Date(at(9).getTime() + 60_000), isOffPlan: true })
    expect(propose([off], { tables })).toEqual(['2 at 9'])
    expect(propose([{ ...off, isOffPlan: false }], { tables })).toEqual(['2 at 9!'])
  })

  it('never is where it is closed, nor one place for two, whatever is asked', () => {
    const parties = fc.array(
      fc.record({
        partySize: fc.integer({ min: 1, max: 9 }),
        hour: fc.constantFrom(...hours),
        seatings: fc.integer({ min: 1, max: 2 }),
      }),
      { maxLength: 14 },
    )
    fc.assert(
      fc.property(parties, fc.integer({ min: 1, max: 4 }), (asked, closedNumber) => {
        const closed = [{ tableNumber: closedNumber, startsAt: at(9), endsAt: at(11) }]
        const moves = proposeMoves({
          parties: asked.map(({ partySize, hour, seatings }, index) =>
            party(`${index}`, { partySize, seatings, startsAt: at(hour), minutes: seatings * 60 }),
          ),
          tables: hall,
          combinations: [{ tableNumbers: [2, 3], minParty: 5, maxParty: 8 }],
          slots: slotsOf(hall),
          closed,
          now,
        })
        const used = new Set<string>()
        for (const [id, { startsAt, tableNumbers }] of moves) {
          const { seatings = 1, partySize = 0 } = asked[Number(id)] ?? {}
          const seats = hall.filter(({ number }) => tableNumbers.includes(number))
          expect(seats.reduce((sum, { maxParty }) => sum + maxParty, 0)).toBeGreaterThanOrEqual(
            partySize,
          )
          for (const number of tableNumbers)
            for (let hour = 0; hour < seatings; hour++) {
              const place = `${number} ${new Date(startsAt).getUTCHours() + hour}`
              expect(used).not.toContain(place)
              used.add(place)
            }
        }
        expect([...used]).not.toContain(`${closedNumber} 9`)
        expect([...used]).not.toContain(`${closedNumber} 10`)
      }),
    )
  })
})

describe('what is news of the closings of a board', () => {
  const closure: DayClosure = {
    id: 'c1',
    area: null,
    tableNumbers: [1, 2],
    from: at(9).toISOString(),
    to: at(11).toISOString(),
    reason: null,
  }
  const shown = (reservationId: string, change: object = {}) =>
    ({
      reservationId,
      sequence: 0,
      status: 'CONFIRMED',
      tableNumbers: [1],
      startsAt: at(9).toISOString(),
      endsAt: at(10).toISOString(),
      ...change,
    }) as DayParty
  const name = (parties: DayParty[], closures = [closure]) => nameClosings({ closures, parties })
  const there = [shown('a'), shown('b', { tableNumbers: [3] })]

  it('is a closing, and a party that comes there, changes, leaves or goes', () => {
    const before = name(there)
    for (const now of [
      name(there, []),
      name(there, [{ ...closure, to: at(10).toISOString() }]),
      name([...there, shown('c', { tableNumbers: [2, 3] })]),
      name([shown('a', { sequence: 1 }), shown('b', { tableNumbers: [3] })]),
      name([shown('a', { status: 'SEATED' }), shown('b', { tableNumbers: [3] })]),
      name([shown('b', { tableNumbers: [3] })]),
    ])
      expect(now).not.toBe(before)
  })

  it('is no party elsewhere, or at another time, and no word about one', () => {
    const before = name(there)
    for (const now of [
      name([shown('a')]),
      name([shown('a'), shown('b', { tableNumbers: [3], sequence: 4, status: 'LEFT' })]),
      name([
        ...there,
        shown('c', { startsAt: at(11).toISOString(), endsAt: at(12).toISOString() }),
      ]),
      name([shown('a', { staffNote: '창가', minutesLate: 5 }), ...there.slice(1)]),
    ])
      expect(now).toBe(before)
  })
})
