import { describe, expect, it } from 'vitest'
import {
  canDinerChange,
  findToldPlace,
  judgeChangeable,
  judgePlaces,
  keepStays,
  type PlannedSlot,
  type PlannedStay,
  planStays,
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
  isOffPlan: false,
  ...change,
})

const slots = [slot(1, 10), slot(1, 9), slot(1, 12), slot(2, 9), slot(2, 10)]
const tableOf = (number: number, isOccupied = false) => ({
  id: `table ${number}`,
  number,
  maxParty: 4,
  isOccupied,
})
const plan = (change: Partial<Parameters<typeof planStays>[0]> = {}) =>
  planStays({
    slots,
    tables: [tableOf(1)],
    startsAt: at(9),
    minutes: undefined,
    seatings: 1,
    presentMinutes: 60,
    ...change,
  })
const seatingsOf = (stays: PlannedStay[]) =>
  stays.map(({ isOffPlan, slots: own, endsAt }) =>
    isOffPlan ? `until ${endsAt.getUTCHours()}:${endsAt.getUTCMinutes()}` : own.map(({ id }) => id),
  )

describe('the places of a change', () => {
  it('are as many seatings as before, one after another', () => {
    expect(seatingsOf(plan())).toEqual([['1-9']])
    expect(seatingsOf(plan({ seatings: 2 }))).toEqual([['1-9', '1-10']])
    expect(seatingsOf(plan({ tables: [tableOf(1), tableOf(2)], seatings: 2 }))).toEqual([
      ['1-9', '1-10'],
      ['2-9', '2-10'],
    ])
  })

  it('are those that end exactly after the minutes asked for', () => {
    expect(seatingsOf(plan({ minutes: 60 }))).toEqual([['1-9']])
    expect(seatingsOf(plan({ minutes: 120 }))).toEqual([['1-9', '1-10']])
  })

  it('are off the plan where no seating begins then, or none ends then', () => {
    expect(seatingsOf(plan({ minutes: 90 }))).toEqual(['until 10:30'])
    expect(seatingsOf(plan({ startsAt: at(11), minutes: 47 }))).toEqual(['until 11:47'])
    // The party sits through the pause before the next one.
    expect(seatingsOf(plan({ minutes: 240 }))).toEqual(['until 13:0'])
    expect(seatingsOf(plan({ tables: [tableOf(1), tableOf(3)] }))).toEqual([['1-9'], 'until 10:0'])
  })

  it('are never seatings with a gap between them', () => {
    expect(seatingsOf(plan({ startsAt: at(10), seatings: 2, presentMinutes: 120 }))).toEqual([
      'until 12:0',
    ])
  })

  it('off the plan last no longer than the longest stay', () => {
    expect(seatingsOf(plan({ startsAt: at(11), presentMinutes: 900 }))).toEqual(['until 23:0'])
  })

  it('off the plan last as long as before, unless a length is asked for', () => {
    expect(seatingsOf(plan({ startsAt: at(11), presentMinutes: 75 }))).toEqual(['until 12:15'])
    expect(seatingsOf(plan({ seatings: 4, presentMinutes: 300 }))).toEqual(['until 14:0'])
  })

  it('off the plan would have to have what overlaps them, another party’s time of its own too', () => {
    const own = slot(1, 11, { id: 'own', isOffPlan: true })
    const [stay] = plan({ slots: [...slots, own], startsAt: at(10), minutes: 61 })
    expect(stay?.slots.map(({ id }) => id)).toEqual(['1-10', 'own'])
    expect(plan({ slots: [own], startsAt: at(11), minutes: 60 })[0]?.isOffPlan).toBe(true)
  })
})

describe('whether a party can have its places', () => {
  const judge = (change: Partial<Parameters<typeof judgePlaces>[0]> = {}) =>
    judgePlaces({
      stays: keepStays(slots),
      partySize: 4,
      override: undefined,
      now: at(8),
      ...change,
    })

  it('counts each table once', () => {
    expect(judge({ partySize: 8 })).toMatchObject({ ok: true })
    expect(judge({ partySize: 9 })).toMatchObject({ reason: 'party-size', details: { seats: 8 } })
    expect(judge({ partySize: 9, override: true })).toMatchObject({ ok: true })
  })

  it('names who has a taken one, on which nobody insists', () => {
    const taken = [slot(1, 9, { isOpen: false, takenBy: 'b' }), slot(2, 9, { isOpen: false })]
    expect(judge({ stays: keepStays(taken), override: true })).toMatchObject({
      reason: 'slot-taken',
      details: { tableNumbers: [1, 2], reservationIds: ['b'] },
    })
  })

  it('is refused where others sit and its time has begun, on which nobody insists', () => {
    const occupied = plan({ tables: [tableOf(1, true)] })
    expect(judge({ stays: occupied, now: at(9), override: true })).toMatchObject({
      reason: 'table-occupied',
      details: { tableNumbers: [1] },
    })
    expect(judge({ stays: occupied, now: at(8) })).toMatchObject({ ok: true })
    expect(judge({ stays: keepStays(slots, [2]), now: at(9) })).toMatchObject({
      details: { tableNumbers: [2] },
    })
    const offPlan = plan({ tables: [tableOf(1, true)], startsAt: at(11), minutes: 20 })
    expect(judge({ stays: offPlan, now: at(11) })).toMatchObject({ reason: 'table-occupied' })
  })

  it('stays its own where others sit too long: size and length may change', () => {
    const stays = plan({ tables: [tableOf(1, true)] })
    const present = { startsAt: at(9), tableNumbers: [1] }
    expect(judge({ stays, present, now: at(9) })).toMatchObject({ ok: true })
    const later = { ...present, startsAt: at(10) }
    expect(judge({ stays, present: later, now: at(9) })).toMatchObject({ reason: 'table-occupied' })
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

describe('where a party takes its reservation to be, when staff change it', () => {
  const place = (hour: number, partySize = 2) => ({
    serviceDate: '2026-12-04',
    startsAt: at(hour).toISOString(),
    endsAt: at(hour + 1).toISOString(),
    partySize,
  })
  const now = at(12)
  const change = (secondsAgo: number, hour: number, isTold = false) => ({
    at: new Date(now.getTime() - secondsAgo * 1_000),
    before: { ...place(hour), slotIds: ['a'] },
    isTold,
  })
  const find = (...changes: ReturnType<typeof change>[]) =>
    findToldPlace({ present: place(20), changes, now })

  it('is where it is, unless it was changed a moment ago', () => {
    expect(find()).toEqual(place(20))
    expect(find(change(10, 19))).toEqual(place(20))
    expect(find(change(9.999, 19))).toEqual(place(19))
  })

  it('is before the first of several, each while the one before could be undone', () => {
    expect(find(change(8, 19), change(16, 18))).toEqual(place(18))
    expect(find(change(8, 19), change(18, 18))).toEqual(place(19))
  })

  it('is where the last notice or the diner left it', () => {
    expect(find(change(4, 19, true), change(8, 18))).toEqual(place(20))
    expect(find(change(4, 19), change(8, 18, true))).toEqual(place(19))
  })
})
