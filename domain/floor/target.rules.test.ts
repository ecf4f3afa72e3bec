import { describe, expect, it } from 'vitest'
import type { DayParty, DaySlot } from './schema'
import {
  listLengths,
  listOfferedTimes,
  listOffers,
  listOpenTables,
  readTarget,
} from './target.rules'

const at = (hour: number) => `2026-12-04T${String(hour).padStart(2, '0')}:00:00.000Z`
const NOW = Date.parse(at(8))

const slot = (tableNumber: number, hour: number, change: Partial<DaySlot> = {}): DaySlot => ({
  slotId: `${tableNumber}-${hour}`,
  tableNumber,
  minParty: 1,
  maxParty: tableNumber === 1 ? 2 : 4,
  startsAt: at(hour),
  endsAt: at(hour + 1),
  state: 'FREE',
  reservationId: null,
  offPlan: false,
  ...change,
})

const party = (id: string, slotId: string, change: Partial<DayParty> = {}): DayParty => ({
  reservationId: id,
  status: 'CONFIRMED',
  partySize: 2,
  name: '김하늘',
  phone: null,
  note: null,
  allergies: null,
  staffNote: null,
  entry: null,
  walkIn: false,
  guest: null,
  source: null,
  startsAt: at(Number(slotId.split('-')[1])),
  endsAt: at(Number(slotId.split('-')[1]) + 1),
  holdExpiresAt: null,
  awaitsStaff: false,
  cancelledBy: null,
  arrivedAt: null,
  seatedAt: null,
  leftAt: null,
  sequence: 0,
  leftByDayCut: false,
  minutesOver: 0,
  lateMinutes: null,
  minutesLate: 0,
  slotIds: [slotId],
  tableNumbers: [Number(slotId.split('-')[0])],
  acts: [],
  ...change,
})

const taken = { state: 'TAKEN' as const }
const slots = [
  slot(1, 9, { ...taken, reservationId: 'a' }),
  slot(1, 10),
  slot(2, 9),
  slot(2, 10),
  slot(3, 9, { ...taken, reservationId: 'b' }),
  slot(3, 10, { state: 'BLOCKED' }),
]
const a = party('a', '1-9')
const b = party('b', '3-9')
const tableOf = (number: number, seatedReservationId: string | null = null) => ({
  number,
  minParty: 1,
  maxParty: number === 1 ? 2 : 4,
  seatedReservationId,
})
const tables = [1, 2, 3].map((number) => tableOf(number))
const day = { slots, parties: [a, b], tables, closures: [] }
const asked = { day, party: a, nowMs: NOW }

describe('where a party can be moved', () => {
  it('to the tables that are free at its time, the best fit first, but not to where it is', () => {
    const numbersOf = (startsAt: string, partySize: number) =>
      listOffers({ ...asked, startsAt, partySize }).map(({ tableNumber }) => tableNumber)
    expect(numbersOf(at(9), 2)).toEqual([2])
    expect(numbersOf(at(10), 2)).toEqual([1, 2])
    expect(numbersOf(at(10), 3)).toEqual([2])
    expect(numbersOf(at(10), 5)).toEqual([])
    // One guest less stays at the table, so this is an offer.
    expect(numbersOf(at(9), 1)).toEqual([1, 2])
  })

  it('to several tables where none is large enough alone: those that are free then, and its own', () => {
    const open = listOpenTables({ ...asked, startsAt: at(9) })
    expect(open.map(({ tableNumber, maxParty }) => [tableNumber, maxParty])).toEqual([
      [1, 2],
      [2, 4],
    ])
    expect(listOfferedTimes({ ...asked, partySize: 6 })).toEqual([at(9), at(10)])
    expect(listOfferedTimes({ ...asked, partySize: 7 })).toEqual([])
  })

  it('not to where others sit and the time has begun (G21)', () => {
    const sitting = { ...day, tables: [tableOf(1), tableOf(2, 'early'), tableOf(3)] }
    const offersAt = (nowMs: number) =>
      listOffers({ day: sitting, party: a, startsAt: at(9), partySize: 2, nowMs })
    expect(offersAt(Date.parse(at(9)) + 1)).toEqual([])
    expect(offersAt(NOW).map(({ tableNumber }) => tableNumber)).toEqual([2])
    const target = { day: sitting, party: a, slotId: '2-9', partySize: 2 }
    expect(readTarget({ ...target, nowMs: Date.parse(at(9)) })).toEqual({ kind: 'NONE' })
    expect(readTarget({ ...target, nowMs: NOW })).toMatchObject({ kind: 'FREE' })
  })

  it('only to where all its seatings are free', () => {
    const long = party('c', '2-9', { slotIds: ['2-9', '2-10'] })
    const offers = listOffers({ ...asked, party: long, startsAt: at(9), partySize: 2 })
    expect(offers).toEqual([])
  })

  it('never to seatings with a gap between them', () => {
    const long = party('c', '2-9', { slotIds: ['2-9', '2-10'] })
    const parted = { ...day, slots: [...slots, slot(4, 9), slot(4, 11)], parties: [a, b] }
    const offers = listOffers({ ...asked, day: parted, party: long, startsAt: at(9), partySize: 1 })
    expect(offers.map(({ tableNumber }) => tableNumber)).not.toContain(4)
  })

  it('at the times that have a table for it, and not in the past', () => {
    expect(listOfferedTimes({ ...asked, partySize: 2 })).toEqual([at(9), at(10)])
    expect(listOfferedTimes({ ...asked, partySize: 2, nowMs: Date.parse(at(10)) })).toEqual([
      at(10),
    ])
  })
})

describe('how long a party can stay', () => {
  it('to the end of each seating that is free after its own', () => {
    expect(listLengths({ day, party: a })).toEqual([{ minutes: 120, endsAt: at(11) }])
    const long = party('c', '2-9', { slotIds: ['2-9', '2-10'] })
    expect(listLengths({ day, party: long })).toEqual([{ minutes: 60, endsAt: at(10) }])
  })

  it('not past a seating that is taken or blocked', () => {
    expect(listLengths({ day, party: b })).toEqual([])
  })
})

describe('a tap on a cell', () => {
  const target = (slotId: string, partySize = 2) => readTarget({ ...asked, slotId, partySize })

  it('of a free table moves there, and says when it is too small', () => {
    expect(target('2-10')).toMatchObject({
      kind: 'FREE',
      isTooSmall: false,
      change: { tableNumbers: [2], startsAt: at(10) },
    })
    expect(target('1-10', 3)).toMatchObject({
      isTooSmall: true,
      change: { partySize: 3, override: true },
    })
  })

  it('of a party to come proposes a swap', () => {
    expect(target('3-9')).toMatchObject({ kind: 'SWAP', change: { swapWith: 'b' } })
    const large = { ...day, parties: [a, { ...b, partySize: 4 }] }
    expect(readTarget({ ...asked, day: large, slotId: '3-9', partySize: 2 })).toMatchObject({
      isTooSmall: true,
      change: { swapWith: 'b', override: true },
    })
  })

  it.each([1, 3])('of a party to come is none while table %i is closed', (tableNumber) => {
    const closure = {
      id: 'c',
      area: null,
      reason: null,
      tableNumbers: [tableNumber],
      from: at(9),
      to: at(10),
    }
    const closed = { ...day, closures: [closure] }
    expect(readTarget({ ...asked, day: closed, slotId: '3-9', partySize: 2 })).toEqual({
      kind: 'NONE',
    })
    const later = { ...day, closures: [{ ...closure, from: at(12), to: at(13) }] }
    expect(readTarget({ ...asked, day: later, slotId: '3-9', partySize: 2 }).kind).toBe('SWAP')
  })

  it('of a party that stays for two seatings needs both of them', () => {
    const long = party('c', '2-9', { slotIds: ['2-9', '2-10'] })
    const of = (slotId: string, parties = day.parties) =>
      readTarget({ ...asked, day: { ...day, parties }, party: long, slotId, partySize: 2 }).kind
    expect([of('2-9'), of('2-10'), of('1-10')]).toEqual(['FREE', 'NONE', 'NONE'])
  })

  it('of a blocked slot, a seated party or the past does nothing', () => {
    expect(target('3-10')).toEqual({ kind: 'NONE' })
    const seated = { ...day, parties: [a, { ...b, status: 'SEATED' as const }] }
    expect(readTarget({ ...asked, day: seated, slotId: '3-9', partySize: 2 })).toEqual({
      kind: 'NONE',
    })
    expect(
      readTarget({ ...asked, slotId: '2-9', partySize: 2, nowMs: Date.parse(at(10)) }),
    ).toEqual({ kind: 'NONE' })
  })
})
