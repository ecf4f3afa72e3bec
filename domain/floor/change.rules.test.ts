import { describe, expect, it } from 'vitest'
import { applyLateness, applyStatus, mergeDay } from './change.rules'
import type { Day, DayParty, DaySlot } from './schema'

const startsAt = '2026-09-14T09:00:00.000Z'
const endsAt = '2026-09-14T10:30:00.000Z'

const party: DayParty = {
  reservationId: 'a',
  status: 'CONFIRMED',
  partySize: 2,
  name: '김민수',
  phone: null,
  note: null,
  allergies: null,
  staffNote: null,
  entry: null,
  walkIn: false,
  startsAt,
  endsAt,
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
  slotIds: ['one'],
  tableNumbers: [1],
  acts: ['CANCEL', 'SEAT', 'NO_SHOW'],
}
const slot: DaySlot = {
  slotId: 'one',
  tableNumber: 1,
  minParty: 1,
  maxParty: 4,
  startsAt,
  endsAt,
  state: 'TAKEN',
  reservationId: 'a',
  offPlan: false,
}
const day: Day = {
  restaurantId: 'restaurant',
  serviceDate: '2026-09-14',
  today: '2026-09-14',
  timeZone: 'Asia/Seoul',
  dayCutMinutes: 300,
  asOf: '2026-09-14T08:00:00.000Z',
  opensAt: null,
  bookingsOn: true,
  closures: [],
  shiftNote: null,
  closed: false,
  pollAfterMs: 1_000,
  tables: [{ number: 1, minParty: 1, maxParty: 4, seatedReservationId: null }],
  combinations: [{ tableNumbers: [1, 2], minParty: 5, maxParty: 8 }],
  areas: [{ id: 'hall', name: '홀', tableNumbers: [1] }],
  floorPlan: [{ tableNumber: 1, x: 2, y: 0, shape: 'ROUND' }],
  slots: [slot, { ...slot, slotId: 'two', state: 'FREE', reservationId: null }],
  parties: [party],
}
const later = '2026-09-14T08:00:01.000Z'

describe('a poll', () => {
  it('without news keeps every list as it is', () => {
    const { day: merged, changes } = mergeDay({
      known: day,
      fresh: { ...structuredClone(day), asOf: later },
    })
    expect(merged.asOf).toBe(later)
    expect(merged.parties).toBe(day.parties)
    expect(merged.slots).toBe(day.slots)
    expect(merged.areas).toBe(day.areas)
    expect(merged.floorPlan).toBe(day.floorPlan)
    expect(merged.tables).toBe(day.tables)
    expect(merged.combinations).toBe(day.combinations)
    expect(changes).toEqual([])
  })

  it('names new parties and changed statuses, and keeps the other parties as they are', () => {
    const fresh = structuredClone({ ...day, asOf: later })
    fresh.parties = [{ ...party }, { ...party, reservationId: 'b', slotIds: ['two'] }]
    const first = mergeDay({ known: day, fresh })
    expect(first.changes).toEqual([
      { reservationId: 'b', status: 'CONFIRMED', slotIds: ['two'], isNew: true, isMoved: false },
    ])
    expect(first.day.parties[0]).toBe(party)
    const second = mergeDay({
      known: first.day,
      fresh: { ...first.day, parties: [{ ...party, status: 'CANCELLED' }] },
    })
    expect(second.changes).toEqual([
      { reservationId: 'a', status: 'CANCELLED', slotIds: ['one'], isNew: false, isMoved: false },
    ])
  })

  it('tells which party a colleague has moved, and whose size has changed', () => {
    const moved = { ...day, asOf: later, parties: [{ ...party, slotIds: ['two'] }] }
    expect(mergeDay({ known: day, fresh: moved }).changes).toEqual([
      { reservationId: 'a', status: 'CONFIRMED', slotIds: ['two'], isNew: false, isMoved: true },
    ])
    const larger = { ...day, asOf: later, parties: [{ ...party, partySize: 4 }] }
    expect(mergeDay({ known: day, fresh: larger }).changes).toMatchObject([{ isMoved: false }])
  })

  it('overtaken by a newer one changes nothing', () => {
    const known = { ...day, asOf: later }
    expect(mergeDay({ known, fresh: { ...day, parties: [] } })).toEqual({ day: known, changes: [] })
  })

  it('for another date replaces the day and reports no changes', () => {
    const fresh = { ...day, serviceDate: '2026-09-15', parties: [{ ...party, reservationId: 'b' }] }
    expect(mergeDay({ known: day, fresh })).toEqual({ day: fresh, changes: [] })
  })
})

describe('an answered act', () => {
  it('shows at once: a party that leaves frees its slot, a party put back has it again', () => {
    const left = applyStatus({ day, reservationId: 'a', status: 'LEFT' })
    expect(left.slots[0]).toMatchObject({ state: 'FREE', reservationId: null })
    expect(left.parties[0]).toMatchObject({ status: 'LEFT', acts: ['CORRECT_LEAVE'] })
    const back = applyStatus({ day: left, reservationId: 'a', status: 'SEATED' })
    expect(back.slots).toEqual(day.slots)
    expect(back.parties[0]).toMatchObject({ status: 'SEATED' })
    expect(back.parties[0]?.acts).toContain('LEAVE')
  })

  it('how late a party has said it will be shows at once, and goes again', () => {
    const late = applyLateness({ day, reservationId: 'a', minutes: 15 })
    expect(late.parties).toMatchObject([{ reservationId: 'a', lateMinutes: 15 }])
    expect(applyLateness({ day: late, reservationId: 'a', minutes: 0 })).toEqual(day)
  })

  it('on a party of another day changes nothing', () => {
    expect(applyStatus({ day, reservationId: 'nobody', status: 'LEFT' })).toBe(day)
  })
})
