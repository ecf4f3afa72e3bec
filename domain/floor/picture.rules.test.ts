import { describe, expect, it } from 'vitest'
import { atSeoul, makeParty, makeSlot } from '@/tests/support/board-page'
import { layOutRows } from './grid.rules'
import { listJoined, listPictureTimes, readTableAt } from './picture.rules'
import type { DayParty, DaySlot } from './schema'
import { listTablesNow } from './walk-in-now.rules'

const free = [
  makeSlot({ slotId: 'a', from: '18:00', to: '19:30' }),
  makeSlot({ slotId: 'b', from: '20:00', to: '21:30' }),
]
const take = (slotId: string, party: DayParty) =>
  free.map(
    (slot): DaySlot =>
      slot.slotId === slotId
        ? { ...slot, state: 'TAKEN', reservationId: party.reservationId }
        : slot,
  )

/** What table 1 shows, as the grid has it. */
type Evening = {
  slots?: DaySlot[]
  parties?: DayParty[]
  now?: string
  at?: string
  seatedReservationId?: string | null
}

function look({ slots = free, parties = [], now = '18:30', ...given }: Evening = {}) {
  const { at = now, seatedReservationId = null } = given
  const nowMs = Date.parse(atSeoul(now))
  const tables = [{ number: 1, minParty: 1, maxParty: 4, seatedReservationId }]
  const [row] = layOutRows({ day: { tables, slots, parties }, nowMs })
  if (!row) throw new Error('there is a row')
  const day = { slots, tables, serviceDate: '2026-09-14', today: '2026-09-14' }
  const [tableNow = null] = listTablesNow({ day, nowMs })
  const { block, next } = readTableAt({ row, atMs: Date.parse(atSeoul(at)), nowMs, tableNow })
  return {
    slot: block?.slotIds[0] ?? null,
    kind: block?.kind ?? null,
    party: block?.party?.name ?? null,
    next: next?.party?.name ?? null,
  }
}

describe('what a table shows', () => {
  const evening = makeParty({
    reservationId: 'r',
    name: '저녁',
    slotIds: ['b'],
    startsAt: atSeoul('20:00'),
    endsAt: atSeoul('21:30'),
  })
  const early = makeParty({
    reservationId: 'e',
    name: '이른',
    slotIds: ['a'],
    startsAt: atSeoul('18:00'),
    endsAt: atSeoul('19:30'),
  })
  const seated = { ...early, status: 'SEATED' as const, seatedAt: atSeoul('18:05') }

  it('is free while its cell is, and names the next party', () => {
    expect(look()).toEqual({ slot: 'a', kind: 'FREE', party: null, next: null })
    const booked = { slots: take('b', evening), parties: [evening] }
    expect(look(booked)).toEqual({ slot: 'a', kind: 'FREE', party: null, next: '저녁' })
  })

  it('is the party’s from a quarter of an hour before, and earlier once it has come', () => {
    const booked = { slots: take('b', evening), parties: [evening] }
    expect(look({ ...booked, now: '19:44' })).toMatchObject({ slot: 'now-1', next: '저녁' })
    expect(look({ ...booked, now: '19:45' })).toMatchObject({
      slot: 'b',
      party: '저녁',
      next: null,
    })
    const here = { ...evening, arrivedAt: atSeoul('18:20') }
    expect(look({ slots: take('b', here), parties: [here] })).toMatchObject({ party: '저녁' })
  })

  it('is theirs who sit there, also past their time and under the next one’s', () => {
    const slots = take('a', seated)
    const sits = { slots, parties: [seated], seatedReservationId: 'e' }
    for (const now of ['18:30', '19:50', '20:10'])
      expect(look({ ...sits, now })).toMatchObject({ kind: 'TAKEN', party: '이른' })
    const both = take('b', evening).map((slot) => (slot.slotId === 'a' ? (slots[0] ?? slot) : slot))
    expect(look({ ...sits, slots: both, parties: [seated, evening], now: '20:10' })).toMatchObject({
      party: '이른',
    })
  })

  it('is in use while a party of another date sits there', () => {
    expect(look({ seatedReservationId: 'of-tomorrow' })).toMatchObject({
      kind: 'TAKEN',
      party: null,
    })
  })

  it('can be had from now on in a pause of the plan, and is blocked where its cell is', () => {
    expect(look({ now: '19:40' })).toMatchObject({ slot: 'now-1', kind: 'FREE' })
    const blocked = free.map((slot): DaySlot => ({ ...slot, state: 'BLOCKED' }))
    expect(look({ slots: blocked })).toMatchObject({ slot: 'a', kind: 'BLOCKED' })
  })

  it('is its cell at another time, although another party sits there now', () => {
    const sits = { slots: take('a', seated), parties: [seated], seatedReservationId: 'e' }
    expect(look({ ...sits, at: '20:00' })).toMatchObject({ slot: 'b', kind: 'FREE' })
    expect(look({ at: '19:40' })).toMatchObject({ slot: null, kind: null })
  })
})

describe('the picture', () => {
  it('can be looked at from each start that is not over', () => {
    const nowMs = Date.parse(atSeoul('19:45'))
    expect(listPictureTimes({ slots: free, nowMs })).toEqual([atSeoul('20:00')])
  })

  it('joins the tables of one party', () => {
    const table = (number: number) => ({
      number,
      minParty: 1,
      maxParty: 4,
      seatedReservationId: null,
    })
    const block = (number: number, party: DayParty | null) => ({
      table: table(number),
      next: null,
      block: { ...free[0], kind: 'TAKEN', tableNumber: number, slotIds: ['a'], party },
    })
    const [one, other] = [makeParty({ reservationId: 'x' }), makeParty({ reservationId: 'y' })]
    const shown = [block(1, one), block(2, other), block(3, one), block(4, null)]
    expect(listJoined(shown as Parameters<typeof listJoined>[0])).toEqual([[1, 3]])
  })
})
