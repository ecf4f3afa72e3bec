import { describe, expect, it } from 'vitest'
import type { DayParty, DaySlot, DayTable } from './schema'
import {
  countMinutesLeft,
  countSeats,
  explainGone,
  findNextParty,
  findObstruction,
  isOpenToWalkIn,
  listWalkInChoices,
  pickBestFit,
} from './walk-in.rules'

const at = (time: string) => `2026-09-14T${time}:00.000Z`
const ms = (time: string) => Date.parse(at(time))

const times = [
  ['early', '09:00', '10:30'],
  ['middle', '10:30', '12:00'],
  ['late', '12:00', '13:30'],
] as const

/** Three seatings on tables 1 (for two) and 2 (for four). */
const slots: DaySlot[] = [1, 2].flatMap((tableNumber) =>
  times.map(([name, from, to]) => ({
    slotId: `${name}-${tableNumber}`,
    tableNumber,
    minParty: 1,
    maxParty: tableNumber * 2,
    startsAt: at(from),
    endsAt: at(to),
    state: 'FREE' as const,
    reservationId: null,
    offPlan: false,
  })),
)

/** Both tables; at those of `occupied` a party sits. */
const tablesWith = (occupied: number[]): DayTable[] =>
  [1, 2].map((number) => ({
    number,
    minParty: 1,
    maxParty: number * 2,
    seatedReservationId: occupied.includes(number) ? 'sitting' : null,
  }))
const tables = tablesWith([])

function listIds(
  chosenIds: string[],
  { now = '09:10', taken = [] as string[], occupied = [] as number[] } = {},
) {
  const day = {
    tables: tablesWith(occupied),
    slots: slots.map((slot) =>
      taken.includes(slot.slotId) ? { ...slot, state: 'TAKEN' as const, reservationId: 'x' } : slot,
    ),
  }
  return listWalkInChoices({ day, chosenIds, nowMs: ms(now) }).map((slot) => slot.slotId)
}

describe('slots that a walk-in can’t have any more', () => {
  const explain = (given: Partial<Parameters<typeof explainGone>[0]['day']> = {}) =>
    explainGone({
      day: { tables, slots, parties: [], ...given },
      slotIds: ['late-1'],
      nowMs: ms('11:50'),
    })

  it('are told apart: somebody sits there, somebody comes there before, or they were taken', () => {
    expect(explain({ tables: tablesWith([1]) })).toEqual({
      ...{ kind: 'OCCUPIED', tableNumber: 1, seated: null },
    })
    expect(explain({ tables: tablesWith([2]) })).toEqual({ kind: 'TAKEN' })
    const promised = slots.map((slot) =>
      slot.slotId === 'middle-1'
        ? { ...slot, state: 'TAKEN' as const, startsAt: at('11:55') }
        : slot,
    )
    expect(explain({ slots: promised })).toEqual({ kind: 'PROMISED' })
  })
})

describe('the table proposed for a walk-in', () => {
  const propose = (
    partySize: number,
    { now = '09:10', occupied = [] as number[], next = '' } = {},
  ) =>
    pickBestFit({
      day: {
        tables: tablesWith(occupied),
        slots: slots
          .map((slot) => ({ ...slot, maxParty: 4 }))
          .map((slot) =>
            slot.slotId === next ? { ...slot, state: 'TAKEN' as const, reservationId: 'x' } : slot,
          ),
      },
      partySize,
      nowMs: ms(now),
    })?.slotId ?? null
  const proposeOf = (partySize: number) =>
    pickBestFit({ day: { tables, slots }, partySize, nowMs: ms('09:10') })?.slotId ?? null

  it('is the smallest that fits', () => {
    expect([1, 2, 3, 4, 5].map(proposeOf)).toEqual([
      'early-1',
      'early-1',
      'early-2',
      'early-2',
      null,
    ])
  })

  it('is the one free for longest among equals, and never one where a party sits', () => {
    expect(propose(2)).toBe('early-1')
    expect(propose(2, { next: 'middle-1' })).toBe('early-2')
    expect(propose(2, { next: 'middle-2', occupied: [1] })).toBe('early-2')
  })

  it('is no slot that ends in a moment, but the one after it', () => {
    const last = { tables, partySize: 2, nowMs: ms('10:28') }
    expect(pickBestFit({ day: { tables, slots }, ...last })?.slotId).toBe('middle-1')
    const early = slots.filter(({ slotId }) => slotId.startsWith('early'))
    expect(pickBestFit({ day: { tables, slots: early }, ...last })).toBeNull()
  })

  it('is none while the next seating is far off', () => {
    expect(propose(2, { now: '08:50' })).toBe('early-1')
    expect(propose(2, { now: '08:00' })).toBe(null)
  })
})

describe('choices for a walk-in', () => {
  it('begin with the tables free now, or else at the next time any is free', () => {
    expect(listIds([])).toEqual(['early-1', 'early-2'])
    expect(listIds([], { taken: ['early-1', 'early-2', 'middle-1'] })).toEqual(['middle-2'])
    expect(listIds([], { now: '08:00' })).toEqual(['early-1', 'early-2'])
    expect(listIds([], { now: '14:00' })).toEqual([])
  })

  it('offer, beside a chosen slot, other tables at that time and the same table for longer', () => {
    expect(listIds(['early-1'])).toEqual(['early-1', 'middle-1', 'early-2'])
    expect(listIds(['early-1', 'middle-1'])).toEqual([
      ...['early-1', 'middle-1', 'late-1'],
      ...['early-2', 'middle-2'],
    ])
  })

  it('leave out times after a party that still comes to the table', () => {
    expect(listIds([], { now: '08:50', taken: ['early-1'] })).toEqual(['early-2'])
    expect(listIds([], { now: '08:50', taken: ['early-1', 'early-2'] })).toEqual([])
    expect(listIds([], { now: '09:10', taken: ['early-1', 'early-2', 'middle-1'] })).toEqual([
      'middle-2',
    ])
  })

  it('leave out a table at which a party sits, whatever its slots say', () => {
    expect(listIds([], { occupied: [1] })).toEqual(['early-2'])
    expect(listIds([], { occupied: [1, 2] })).toEqual([])
    expect(listIds(['early-2'], { occupied: [1] })).toEqual(['early-2', 'middle-2'])
  })

  it('offer a table whose slot begins in ten minutes, beside those of now', () => {
    const taken = ['early-1']
    expect(listIds([], { now: '10:20', taken })).toEqual(['middle-1', 'early-2', 'middle-2'])
    expect(listIds([], { now: '10:10', taken })).toEqual(['early-2'])
  })

  it('leave out slots taken meanwhile, and do not skip over them', () => {
    expect(listIds(['early-1'], { taken: ['middle-1'] })).toEqual(['early-1', 'early-2'])
    expect(listIds(['early-1'], { taken: ['early-1'] })).toEqual(['early-2'])
  })
})

describe('a slot for a walk-in', () => {
  it('is free and not over', () => {
    const [slot] = slots
    if (!slot) throw new Error('there are slots')
    expect(isOpenToWalkIn({ day: { tables }, slot, nowMs: ms('10:29') })).toBe(true)
    expect(isOpenToWalkIn({ day: { tables }, slot, nowMs: ms('10:30') })).toBe(false)
    const blocked = { ...slot, state: 'BLOCKED' as const }
    expect(isOpenToWalkIn({ day: { tables }, slot: blocked, nowMs: ms('09:10') })).toBe(false)
    const day = { tables: tablesWith([1]) }
    expect(isOpenToWalkIn({ day, slot, nowMs: ms('09:10') })).toBe(false)
  })

  it('seats as many as its table, which counts once however long the party stays', () => {
    const pick = (...ids: string[]) => slots.filter((slot) => ids.includes(slot.slotId))
    expect(countSeats(pick('early-1', 'middle-1'))).toBe(2)
    expect(countSeats(pick('early-1', 'early-2'))).toBe(6)
    expect(countSeats([])).toBe(0)
  })

  it('is followed by the next booking of its own table, held or confirmed', () => {
    const [slot] = slots
    if (!slot) throw new Error('there are slots')
    const book = (slotId: string, state: DaySlot['state']) => ({
      slots: slots.map((other) => (other.slotId === slotId ? { ...other, state } : other)),
    })
    const next = (slotId: string, state: DaySlot['state'] = 'TAKEN') =>
      findNextParty({ day: book(slotId, state), slot })
    const found = (slotId: string) => slots.find((other) => other.slotId === slotId)?.startsAt
    expect(next('late-1')).toBe(found('late-1'))
    expect(next('middle-1', 'HELD')).toBe(found('middle-1'))
    expect(next('middle-2')).toBeNull()
    expect(next('early-1')).toBeNull()
  })
})

describe('an offered table', () => {
  it('says the minutes until its next reservation, or nothing when none follows', () => {
    const [slot] = slots
    if (!slot) throw new Error('there are slots')
    const book = (slotId: string) => ({
      slots: slots.map((other) =>
        other.slotId === slotId ? { ...other, state: 'TAKEN' as const } : other,
      ),
    })
    const left = (slotId: string, now: string) =>
      countMinutesLeft({ day: book(slotId), slot, nowMs: ms(now) })
    expect(left('middle-1', '10:08')).toEqual({ nextAt: at('10:30'), minutes: 22 })
    expect(left('late-1', '10:08')).toEqual({ nextAt: at('12:00'), minutes: 112 })
    expect(left('middle-2', '10:08')).toBeNull()
  })
})

describe('the next party of an occupied table', () => {
  const party = (given: Partial<DayParty>): DayParty => ({
    reservationId: 'next',
    status: 'CONFIRMED',
    partySize: 2,
    name: null,
    phone: null,
    note: null,
    allergies: null,
    staffNote: null,
    entry: null,
    walkIn: false,
    startsAt: at('10:30'),
    endsAt: at('12:00'),
    holdExpiresAt: null,
    awaitsStaff: false,
    cancelledBy: null,
    arrivedAt: null,
    seatedAt: null,
    leftAt: null,
    sequence: 0,
    leftByDayCut: false,
    guest: null,
    source: null,
    minutesOver: 0,
    lateMinutes: null,
    minutesLate: 0,
    slotIds: ['middle-1'],
    tableNumbers: [1],
    acts: [],
    ...given,
  })
  const sitting = party({ reservationId: 'sitting', status: 'SEATED', slotIds: ['early-1'] })
  const look = (given: Partial<DayParty>, now: string, occupied = [1]) =>
    findObstruction({
      day: {
        tables: tablesWith(occupied),
        parties: [sitting],
        slots: slots.map((slot) =>
          slot.slotId === 'middle-1'
            ? { ...slot, state: 'TAKEN' as const, reservationId: 'next' }
            : slot,
        ),
      },
      party: party(given),
      nowMs: ms(now),
    })

  it('is warned about once it is due, with what fits instead', () => {
    expect(look({}, '10:15')).toEqual({ tableNumber: 1, seated: sitting, instead: [2] })
    expect(look({}, '10:50')).toEqual({ tableNumber: 1, seated: sitting, instead: [2] })
    expect(look({ partySize: 5 }, '10:15')).toMatchObject({ instead: [] })
    expect(look({}, '10:15', [1, 2])).toMatchObject({ instead: [] })
  })

  it('is not when there is time, when its table is free, or when it sits or does not come', () => {
    expect(look({}, '10:00')).toBeNull()
    expect(look({}, '10:15', [2])).toBeNull()
    for (const status of ['SEATED', 'NO_SHOW', 'CANCELLED', 'LEFT'] as const)
      expect(look({ status }, '10:15')).toBeNull()
  })
})
