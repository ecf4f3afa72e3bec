import { describe, expect, it } from 'vitest'
import type { DaySlot } from './schema'
import { countSeats, findNextParty, isOpenToWalkIn, listWalkInChoices } from './walk-in.rules'

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
  })),
)

function listIds(chosenIds: string[], { now = '09:10', taken = [] as string[] } = {}) {
  const day = {
    slots: slots.map((slot) =>
      taken.includes(slot.slotId) ? { ...slot, state: 'TAKEN' as const, reservationId: 'x' } : slot,
    ),
  }
  return listWalkInChoices({ day, chosenIds, nowMs: ms(now) }).map((slot) => slot.slotId)
}

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

  it('leave out slots taken meanwhile, and do not skip over them', () => {
    expect(listIds(['early-1'], { taken: ['middle-1'] })).toEqual(['early-1', 'early-2'])
    expect(listIds(['early-1'], { taken: ['early-1'] })).toEqual(['early-2'])
  })
})

describe('a slot for a walk-in', () => {
  it('is free and not over', () => {
    const [slot] = slots
    if (!slot) throw new Error('there are slots')
    expect(isOpenToWalkIn({ slot, nowMs: ms('10:29') })).toBe(true)
    expect(isOpenToWalkIn({ slot, nowMs: ms('10:30') })).toBe(false)
    expect(isOpenToWalkIn({ slot: { ...slot, state: 'BLOCKED' }, nowMs: ms('09:10') })).toBe(false)
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
