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
  offPlan: false,
  ...change,
})

describe('a time typed for the evening on the board', () => {
  const day = { serviceDate: '2026-12-04', timeZone: 'Asia/Seoul', dayCutMinutes: 300 }

  test('is on its date, in the restaurant’s zone', () => {
    expect(readWall({ day, wall: '18:07' })).toBe(at('18:07'))
    expect(readWall({ day, wall: '05:00' })).toBe(at('05:00'))
  })

  test.each(['00:10', '04:59'])('before the day cut is the night’s after it: %s', (wall) => {
    expect(readWall({ day, wall })).toBe(at(wall, '2026-12-05'))
  })

  test('with the day cut at midnight is always on its date', () => {
    expect(readWall({ day: { ...day, dayCutMinutes: 0 }, wall: '00:10' })).toBe(at('00:10'))
  })

  test('holds across a clock change', () => {
    const turning = { serviceDate: '2026-10-31', timeZone: 'America/New_York', dayCutMinutes: 300 }
    expect(readWall({ day: turning, wall: '22:00' })).toBe('2026-11-01T02:00:00.000Z')
    expect(readWall({ day: turning, wall: '00:30' })).toBe('2026-11-01T04:30:00.000Z')
    expect(readWall({ day: turning, wall: '03:00' })).toBe('2026-11-01T08:00:00.000Z')
  })

  test('is none while it is not typed', () => {
    expect(readWall({ day, wall: '' })).toBeNull()
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
