import { describe, expect, it } from 'vitest'
import {
  canDinerChange,
  countPlannedSeats,
  judgeChangeable,
  judgePlaces,
  type PlannedSlot,
  pickSlots,
} from './change.rules'

const at = (hour: number) => new Date(Date.UTC(2026, 11, 4, hour))

const slot = (
  tableNumber: number,
  hour: number,
  change: Partial<PlannedSlot> = {},
): PlannedSlot => ({
  id: `${tableNumber}-${hour}`,
  tableNumber,
  startsAt: at(hour),
  endsAt: at(hour + 1),
  maxParty: 4,
  isOpen: true,
  takenBy: null,
  ...change,
})

const slots = [slot(1, 10), slot(1, 9), slot(1, 12), slot(2, 9), slot(2, 10)]
const pick = (change: Partial<Parameters<typeof pickSlots>[0]> = {}) => {
  const asked = { slots, tableNumbers: [1], startsAt: at(9), minutes: undefined, seatings: 1 }
  const picked = pickSlots({ ...asked, ...change })
  return picked.ok ? picked.value.map(({ id }) => id) : picked.reason
}

describe('the slots of a change', () => {
  it('are as many as before, one after another', () => {
    expect(pick()).toEqual(['1-9'])
    expect(pick({ seatings: 2 })).toEqual(['1-9', '1-10'])
    expect(pick({ tableNumbers: [1, 2], seatings: 2 })).toEqual(['1-9', '1-10', '2-9', '2-10'])
  })

  it('are those that end exactly after the minutes asked for', () => {
    expect(pick({ minutes: 60 })).toEqual(['1-9'])
    expect(pick({ minutes: 120 })).toEqual(['1-9', '1-10'])
    // The party sits through the gap before the next one.
    expect(pick({ minutes: 240 })).toEqual(['1-9', '1-10', '1-12'])
    expect(pick({ minutes: 90 })).toBe('no-such-time')
  })

  it('are refused where a table has none at that time, or too few', () => {
    expect(pick({ startsAt: at(11) })).toBe('no-such-time')
    expect(pick({ seatings: 4 })).toBe('no-such-time')
    expect(pick({ tableNumbers: [1, 3] })).toBe('no-such-time')
    expect(pick({ tableNumbers: [] })).toBe('no-such-time')
  })
})

describe('whether a party can have its slots', () => {
  const judge = (change: Partial<Parameters<typeof judgePlaces>[0]> = {}) =>
    judgePlaces({ slots, partySize: 4, override: undefined, now: at(8), ...change })

  it('counts each table once', () => {
    expect(countPlannedSeats(slots)).toBe(8)
    expect(judge({ partySize: 8 })).toMatchObject({ ok: true })
    expect(judge({ partySize: 9 })).toMatchObject({ reason: 'party-size', details: { seats: 8 } })
    expect(judge({ partySize: 9, override: true })).toMatchObject({ ok: true })
  })

  it('names who has a taken one, on which nobody insists', () => {
    const taken = [slot(1, 9, { isOpen: false, takenBy: 'b' }), slot(2, 9, { isOpen: false })]
    expect(judge({ slots: taken, override: true })).toMatchObject({
      reason: 'slot-taken',
      details: { tableNumbers: [1, 2], reservationIds: ['b'] },
    })
  })

  it('is refused once all of it is over', () => {
    expect(judge({ now: at(13) })).toMatchObject({ reason: 'past-time' })
    expect(judge({ now: at(12) })).toMatchObject({ ok: true })
  })
})

describe('whether a reservation can still be changed', () => {
  const party = {
    status: 'CONFIRMED' as const,
    isRunOut: false,
    startsAt: at(9),
    now: at(8),
    serviceDate: '2026-12-04',
  }
  const judge = (change: Partial<typeof party> & object, by: 'DINER' | 'OWNER' = 'DINER') =>
    judgeChangeable({ party: { ...party, ...change }, by, today: '2026-12-04' })

  it('by its diner until its time comes, by staff until its day closes', () => {
    expect(judge({})).toMatchObject({ ok: true })
    expect(judge({ now: at(9) })).toMatchObject({ reason: 'after-start' })
    expect(judge({ now: at(9) }, 'OWNER')).toMatchObject({ ok: true })
    expect(judge({ serviceDate: '2026-12-03' }, 'OWNER')).toMatchObject({ reason: 'day-closed' })
    expect(canDinerChange({ status: 'HELD', startsAt: at(9).toISOString(), now: at(8) })).toBe(true)
    expect(canDinerChange({ status: 'HELD', startsAt: at(9).toISOString(), now: at(9) })).toBe(
      false,
    )
  })

  it('not a hold that ran out', () => {
    expect(judge({ isRunOut: true }, 'OWNER')).toMatchObject({ reason: 'hold-expired' })
  })
})
