import { describe, expect, it } from 'vitest'
import { decideTonight, summariseTonight, type TonightFacts } from './tonight.rules'

const facts: TonightFacts = {
  restaurantId: '00000000-0000-4000-8000-000000000000',
  serviceDate: '2026-11-22',
  timeZone: 'Asia/Kathmandu',
  hasTables: true,
  isScheduled: true,
  isBookingsOn: true,
  opensAt: null,
  coming: 4,
  fitting: 4,
  held: 0,
  freeTimes: ['2026-11-22T09:30:00.000Z'],
  next: null,
  opening: null,
}
const of = (change: Partial<TonightFacts>) => decideTonight({ ...facts, ...change })

describe('how a list describes tonight', () => {
  it('names what stands in the way, lasting obstacles before passing ones', () => {
    expect(of({})).toBe('FREE')
    expect(of({ hasTables: false, isScheduled: false })).toBe('LINE_ONLY')
    expect(of({ isScheduled: false, isBookingsOn: false })).toBe('CLOSED')
    expect(of({ isBookingsOn: false })).toBe('BOOKINGS_OFF')
    expect(of({ coming: 0, fitting: 0, freeTimes: [] })).toBe('OVER')
    expect(of({ fitting: 0, freeTimes: [] })).toBe('MISFIT')
    expect(of({ opensAt: '2026-11-22T01:00:00.000Z' })).toBe('OPENS_LATER')
    expect(of({ freeTimes: [], held: 1 })).toBe('HELD')
    expect(of({ freeTimes: [] })).toBe('FULL')
  })

  it('shows the next three times and counts the rest, and none before the opening', () => {
    const freeTimes = ['10', '11', '12', '13', '14'].map((hour) => `2026-11-22T${hour}:00:00.000Z`)
    expect(summariseTonight({ ...facts, freeTimes })).toMatchObject({
      freeTimes: freeTimes.slice(0, 3),
      moreTimes: 2,
    })
    const opensAt = '2026-11-22T09:00:00.000Z'
    expect(summariseTonight({ ...facts, freeTimes, opensAt })).toMatchObject({
      state: 'OPENS_LATER',
      freeTimes: [],
      moreTimes: 0,
      opensAt,
    })
  })

  it('says the next free time of a later date where today has none for the party', () => {
    const next = { startsAt: '2026-11-24T09:30:00.000Z', serviceDate: '2026-11-24' }
    const shown = { nextFreeAt: next.startsAt, nextFreeDate: next.serviceDate }
    const none = { nextFreeAt: null, nextFreeDate: null }
    const over = { ...facts, next, freeTimes: [] }
    for (const change of [{ coming: 0 }, { fitting: 0 }, { held: 1 }, { isScheduled: false }, {}])
      expect(summariseTonight({ ...over, ...change })).toMatchObject(shown)
    // It can't be booked, or something of today can.
    for (const change of [
      { isBookingsOn: false },
      { hasTables: false },
      { opensAt: '2026-11-22T09:00:00.000Z' },
    ])
      expect(summariseTonight({ ...over, ...change })).toMatchObject(none)
    expect(summariseTonight({ ...facts, next })).toMatchObject(none)
  })
})
