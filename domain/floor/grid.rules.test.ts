import { describe, expect, it } from 'vitest'
import { findNeighbour, isJoinedTo, layOutRows } from './grid.rules'
import type { DayParty, DaySlot } from './schema'

const at = (time: string) => `2026-09-14T${time}:00.000Z`
const ms = (time: string) => Date.parse(at(time))

function makeSlot(given: Partial<DaySlot> & { slotId: string; from: string; to: string }): DaySlot {
  const { from, to, ...slot } = given
  return {
    tableNumber: 1,
    minParty: 1,
    maxParty: 4,
    state: 'FREE',
    reservationId: null,
    offPlan: false,
    startsAt: at(from),
    endsAt: at(to),
    ...slot,
  }
}

function makeParty(given: Partial<DayParty> & { reservationId: string }): DayParty {
  return {
    status: 'CONFIRMED',
    partySize: 2,
    name: '김민수',
    phone: null,
    note: null,
    allergies: null,
    staffNote: null,
    entry: null,
    walkIn: false,
    startsAt: at('09:00'),
    endsAt: at('10:30'),
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
    slotIds: [],
    tableNumbers: [1],
    acts: [],
    ...given,
  }
}

const tables = [{ number: 1, minParty: 1, maxParty: 4, seatedReservationId: null }]
const lunch = makeSlot({ slotId: 'lunch', from: '03:00', to: '04:30' })
const early = makeSlot({ slotId: 'early', from: '09:00', to: '10:30' })
const late = makeSlot({ slotId: 'late', from: '10:30', to: '12:00' })

describe('rows', () => {
  it('draws a party over two seatings as one block, and two parties as two', () => {
    const party = makeParty({ reservationId: 'a', slotIds: ['early', 'late'] })
    const taken = [early, late].map((slot) => ({
      ...slot,
      state: 'TAKEN' as const,
      reservationId: 'a',
    }))
    const [row] = layOutRows({
      day: { tables, slots: taken, parties: [party] },
      nowMs: ms('08:00'),
    })
    expect(row?.blocks).toEqual([
      expect.objectContaining({
        kind: 'TAKEN',
        slotIds: ['early', 'late'],
        startsAt: early.startsAt,
        endsAt: late.endsAt,
        party,
      }),
    ])
    const [first, second] = taken
    if (!first || !second) throw new Error('two slots were made')
    const [other] = layOutRows({
      day: {
        tables,
        slots: [second, { ...first, reservationId: 'b' }],
        parties: [party, makeParty({ reservationId: 'b' })],
      },
      nowMs: ms('08:00'),
    })
    expect(other?.blocks.map((block) => block.party?.reservationId)).toEqual(['b', 'a'])
  })

  it('gives every table a row, and free neighbours each a block of their own', () => {
    const day = {
      tables: [...tables, { number: 7, minParty: 2, maxParty: 6, seatedReservationId: null }],
      slots: [late, early],
      parties: [],
    }
    const rows = layOutRows({ day, nowMs: ms('08:00') })
    expect(rows.map((row) => row.blocks.map((block) => block.slotIds))).toEqual([
      [['early'], ['late']],
      [],
    ])
  })

  it('tells past slots from ones that can be taken, and remembers who sat there', () => {
    const left = makeParty({ reservationId: 'a', status: 'LEFT', slotIds: ['early'] })
    const kindsAt = (time: string) =>
      layOutRows({
        day: { tables, slots: [lunch, early, late], parties: [left] },
        nowMs: ms(time),
      })[0]?.blocks.map((block) => [block.kind, block.party?.reservationId ?? null])
    // A party that left early has freed the table, which can be taken again until the slot ends.
    expect(kindsAt('10:00')).toEqual([
      ['OVER', null],
      ['FREE', null],
      ['FREE', null],
    ])
    expect(kindsAt('10:30')).toEqual([
      ['OVER', null],
      ['GONE', 'a'],
      ['FREE', null],
    ])
  })

  it('shows a slot as over once its party has left by its end, with or without a tap', () => {
    const left = makeParty({ reservationId: 'a', status: 'LEFT', slotIds: ['early'] })
    const slots = [{ ...early, state: 'TAKEN' as const, reservationId: 'a' }]
    const [row] = layOutRows({ day: { tables, slots, parties: [left] }, nowMs: ms('10:31') })
    expect(row?.blocks[0]).toMatchObject({ kind: 'GONE', party: left })
  })

  it('shows a party that sits before or past its own time where it sits now', () => {
    const over = makeParty({ reservationId: 'a', status: 'SEATED', slotIds: ['early'] })
    const taken = { ...early, state: 'TAKEN' as const, reservationId: 'a' }
    const occupied = tables.map((table) => ({ ...table, seatedReservationId: 'a' }))
    const day = { tables: occupied, slots: [taken, late], parties: [over] }
    const blocksAt = (time: string) => layOutRows({ day, nowMs: ms(time) })[0]?.blocks
    expect(blocksAt('10:40')).toMatchObject([
      { kind: 'TAKEN', slotIds: ['early', 'late'], party: over },
    ])
    expect(blocksAt('10:20')?.map(({ kind }) => kind)).toEqual(['TAKEN', 'FREE'])
    const booked = { ...early, state: 'FREE' as const }
    const soon = makeParty({ reservationId: 'a', status: 'SEATED', slotIds: ['late'] })
    const ahead = { ...late, state: 'TAKEN' as const, reservationId: 'a' }
    const [row] = layOutRows({
      day: { tables: occupied, slots: [booked, ahead], parties: [soon] },
      nowMs: ms('10:20'),
    })
    expect(row?.blocks).toMatchObject([{ kind: 'TAKEN', party: soon }])
  })

  it('shows a table as taken at which a party of another date sits', () => {
    const occupied = tables.map((table) => ({ ...table, seatedReservationId: 'of-tomorrow' }))
    const day = { tables: occupied, slots: [early, late], parties: [] }
    const blocksAt = (time: string) =>
      layOutRows({ day, nowMs: ms(time) })[0]?.blocks.map(({ kind, party }) => [kind, party])
    expect(blocksAt('10:00')).toEqual([
      ['TAKEN', null],
      ['FREE', null],
    ])
    expect(blocksAt('10:40')).toEqual([
      ['OVER', null],
      ['TAKEN', null],
    ])
  })

  it('shows a table as occupied until now while its party sits past its time, in a pause of the plan too', () => {
    const over = makeParty({ reservationId: 'a', status: 'SEATED', slotIds: ['lunch'] })
    const sat = { ...over, startsAt: lunch.startsAt, endsAt: lunch.endsAt, seatedAt: at('03:00') }
    const taken = { ...lunch, state: 'TAKEN' as const, reservationId: 'a' }
    const occupied = tables.map((table) => ({ ...table, seatedReservationId: 'a' }))
    const next = makeSlot({ slotId: 'next', from: '04:30', to: '06:00' })
    const rowAt = (time: string, slots: DaySlot[]) =>
      layOutRows({ day: { tables: occupied, slots, parties: [sat] }, nowMs: ms(time) })[0]?.blocks
    expect(rowAt('04:34', [taken, early])).toMatchObject([
      { kind: 'TAKEN', party: sat, endsAt: at('04:34') },
      { kind: 'FREE', party: null },
    ])
    // It sat through a whole seating that nobody had booked.
    expect(rowAt('06:10', [taken, next, early])).toMatchObject([
      { kind: 'TAKEN', party: sat, slotIds: ['lunch', 'next'], endsAt: at('06:10') },
      { kind: 'FREE', startsAt: at('09:00') },
    ])
    // The cell about to begin is not offered as free; those of later are for callers.
    expect(rowAt('08:50', [taken, early, late])).toMatchObject([
      { kind: 'TAKEN', endsAt: at('08:50') },
      { kind: 'KEPT', party: sat, slotIds: ['early'] },
      { kind: 'FREE', party: null },
    ])
    // Nobody's block grows over another's.
    const other = makeSlot({ slotId: 'other', from: '04:30', to: '06:00', state: 'BLOCKED' })
    expect(rowAt('06:10', [taken, other])).toMatchObject([{ endsAt: at('04:30') }, {}])
  })

  it('shows a table as occupied from when its party sat down, before its time in a pause', () => {
    const soon = makeParty({ reservationId: 'a', status: 'SEATED', slotIds: ['early'] })
    const sat = { ...soon, seatedAt: at('08:20') }
    const ahead = { ...early, state: 'TAKEN' as const, reservationId: 'a' }
    const occupied = tables.map((table) => ({ ...table, seatedReservationId: 'a' }))
    const day = { tables: occupied, slots: [lunch, ahead, late], parties: [sat] }
    expect(layOutRows({ day, nowMs: ms('08:40') })[0]?.blocks).toMatchObject([
      { kind: 'OVER' },
      { kind: 'TAKEN', startsAt: at('08:20'), party: sat },
      { kind: 'FREE' },
    ])
    // On the board of the date that it had booked, where it sits on another.
    const [row] = layOutRows({ day, nowMs: ms('02:00') - 86_400_000, isToday: false })
    expect(row?.blocks[1]).toMatchObject({ kind: 'TAKEN', startsAt: at('09:00') })
  })

  it('shows what nobody has on a day off as closed, and who is booked all the same', () => {
    const booked = makeParty({ reservationId: 'a', slotIds: ['late'] })
    const slots = [lunch, early, { ...late, state: 'TAKEN' as const, reservationId: 'a' }]
    const day = { tables, slots, parties: [booked] }
    const [row] = layOutRows({ day, nowMs: ms('08:00'), isClosed: true })
    expect(row?.blocks.map(({ kind }) => kind)).toEqual(['OVER', 'CLOSED', 'TAKEN'])
  })

  it('shows a blocked slot as blocked, even once it is over', () => {
    const slots = [{ ...early, state: 'BLOCKED' as const }]
    const [row] = layOutRows({ day: { tables, slots, parties: [] }, nowMs: ms('20:00') })
    expect(row?.blocks[0]).toMatchObject({ kind: 'BLOCKED', party: null })
  })
})

describe('a party at several tables', () => {
  const seats = { minParty: 1, maxParty: 4, seatedReservationId: null }
  const taken = { state: 'TAKEN' as const, reservationId: 'nine' }
  const parties = [
    makeParty({ reservationId: 'nine', partySize: 9 }),
    makeParty({ reservationId: 'other' }),
  ]
  const rows = layOutRows({
    day: {
      tables: [1, 2, 3].map((number) => ({ ...seats, number })),
      slots: [
        { ...early, ...taken, slotId: 'early-1' },
        { ...early, ...taken, slotId: 'early-2', tableNumber: 2 },
        { ...late, ...taken, slotId: 'late-2', tableNumber: 2, reservationId: 'other' },
        { ...late, ...taken, slotId: 'late-3', tableNumber: 3 },
      ],
      parties,
    },
    nowMs: ms('08:00'),
  })
  const isJoined = (table: number, at: number, beside: number) => {
    const block = rows[table - 1]?.blocks[at]
    if (!block) throw new Error('no such block')
    return isJoinedTo({ row: rows[beside - 1], block })
  }

  it('is one block in neighbouring rows, where it has both tables at the same time', () => {
    expect([isJoined(1, 0, 2), isJoined(2, 0, 1)]).toEqual([true, true])
    expect([isJoined(1, 0, 0), isJoined(2, 0, 3), isJoined(2, 1, 3)]).toEqual([false, false, false])
  })
})

describe('arrow keys', () => {
  const rows = layOutRows({
    day: {
      tables: [1, 2, 3].map((number) => ({
        ...{ number, minParty: 1, maxParty: 4 },
        seatedReservationId: null,
      })),
      slots: [
        early,
        late,
        { ...early, slotId: 'early-3', tableNumber: 3 },
        { ...late, slotId: 'late-3', tableNumber: 3 },
      ],
      parties: [],
    },
    nowMs: ms('08:00'),
  })
  const go = (slotId: string, key: Parameters<typeof findNeighbour>[0]['key']) =>
    findNeighbour({ rows, slotId, key })?.slotIds[0] ?? null

  it('move along a row and stop at its ends', () => {
    expect([go('early', 'ArrowRight'), go('late', 'ArrowRight')]).toEqual(['late', null])
    expect([go('late', 'ArrowLeft'), go('early', 'ArrowLeft')]).toEqual(['early', null])
    expect([go('late', 'Home'), go('early', 'End')]).toEqual(['early', 'late'])
  })

  it('move to the nearest time of the next table that has a slot', () => {
    expect([go('late', 'ArrowDown'), go('early-3', 'ArrowUp')]).toEqual(['late-3', 'early'])
    expect([go('late-3', 'ArrowDown'), go('early', 'ArrowUp')]).toEqual([null, null])
    expect(go('nowhere', 'ArrowDown')).toBeNull()
  })
})
