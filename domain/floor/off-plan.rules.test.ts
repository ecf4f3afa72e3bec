import { describe, expect, test } from 'vitest'
import { listFreeTables, readMinutes, readWall } from './off-plan.rules'
import type { DaySlot } from './schema'

const at = (time: string, date = '2026-12-04') => new Date(`${date}T${time}:00+09:00`).toISOString()

const slot = (change: Partial<DaySlot> = {}): DaySlot => ({
  slotId: 'a',
  tableNumber: 1,
  minParty: 1,
  maxParty: 2,
  startsAt: at('18:00'),
  endsAt: at('19:30'),
  state: 'FREE',
  reservationId: null,
  ...change,
})

describe('a time typed for the evening on the board', () => {
  const dayOf = (endsAt: string, timeZone = 'Asia/Seoul', serviceDate = '2026-12-04') => ({
    serviceDate,
    timeZone,
    slots: [slot({ endsAt })],
  })

  test('is on its date, in the restaurant’s zone', () => {
    expect(readWall({ day: dayOf(at('22:00')), wall: '18:07' })).toBe(at('18:07'))
    expect(readWall({ day: dayOf(at('22:00')), wall: '00:30' })).toBe(at('00:30'))
  })

  test('in the small hours is after it, where a seating lasts into them', () => {
    const late = dayOf(at('02:00', '2026-12-05'))
    expect(readWall({ day: late, wall: '00:30' })).toBe(at('00:30', '2026-12-05'))
    expect(readWall({ day: late, wall: '02:00' })).toBe(at('02:00'))
  })

  test('holds across a clock change', () => {
    const day = dayOf('2026-11-01T03:00:00.000Z', 'America/New_York', '2026-11-01')
    expect(readWall({ day, wall: '00:30' })).toBe('2026-11-01T04:30:00.000Z')
    expect(readWall({ day, wall: '03:00' })).toBe('2026-11-01T08:00:00.000Z')
  })

  test('is none while it is not typed', () => {
    expect(readWall({ day: dayOf(at('22:00')), wall: '' })).toBeNull()
  })
})

test('a length is whole minutes, up to twelve hours', () => {
  expect(['47', '1', '720'].map(readMinutes)).toEqual([47, 1, 720])
  expect(['', '0', '-5', '1.5', '721', '1380', 'x'].map(readMinutes)).toEqual(
    Array.from({ length: 7 }, () => null),
  )
})

describe('the tables free for a stay', () => {
  const tableOf = (number: number, seatedReservationId: string | null = null) => ({
    number,
    minParty: 1,
    maxParty: number * 2,
    seatedReservationId,
  })
  const free = (
    slots: DaySlot[],
    { except = null as string | null, startsAt = at('18:07'), seated = null as string | null } = {},
  ) =>
    listFreeTables({
      day: { tables: [tableOf(2), tableOf(1, seated)], slots },
      startsAt,
      minutes: 84,
      partySize: 2,
      nowMs: Date.parse(at('18:07')),
      except,
    }).map(({ tableNumber }) => tableNumber)
  const taken = { state: 'TAKEN', reservationId: 'party' } as const

  test('are those where nobody has a part of it, the best fit first', () => {
    expect(free([slot()])).toEqual([1, 2])
    expect(free([slot(taken)])).toEqual([2])
    expect(free([slot({ state: 'BLOCKED' })])).toEqual([2])
    expect(free([slot({ ...taken, startsAt: at('19:30'), endsAt: at('21:00') })])).toEqual([2])
    expect(free([slot({ ...taken, startsAt: at('19:31'), endsAt: at('21:00') })])).toEqual([1, 2])
  })

  test('are also the party’s own, when it moves', () => {
    expect(free([slot(taken)], { except: 'party' })).toEqual([1, 2])
  })

  test('are not where others sit, if it has begun', () => {
    expect(free([], { seated: 'others' })).toEqual([2])
    expect(free([], { seated: 'others', startsAt: at('18:08') })).toEqual([1, 2])
  })
})
