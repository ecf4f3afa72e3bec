import { describe, expect, test } from 'vitest'
import {
  isAnotherTableNow,
  isForCallers,
  isWithinReach,
  listCallerTables,
  listCallerTimes,
  nameDayAfter,
  pickFirstTime,
} from './phone.rules'
import type { Day, DaySlot } from './schema'

const at = (time: string) => `2026-12-04T${time}:00.000Z`
const nowMs = Date.parse(at('09:00'))

const slot = (tableNumber: number, startsAt: string, change: Partial<DaySlot> = {}): DaySlot => ({
  slotId: `${tableNumber} ${startsAt}`,
  tableNumber,
  minParty: 1,
  maxParty: tableNumber * 2,
  startsAt: at(startsAt),
  endsAt: at(startsAt).replace(
    /T(\d\d)/,
    (_, hour) => `T${String(Number(hour) + 1).padStart(2, '0')}`,
  ),
  state: 'FREE',
  reservationId: null,
  offPlan: false,
  ...change,
})
const dayOf = (slots: DaySlot[], seated: number[] = []): Pick<Day, 'slots' | 'tables'> => ({
  slots,
  tables: [1, 2, 3].map((number) => ({
    number,
    minParty: 1,
    maxParty: number * 2,
    seatedReservationId: seated.includes(number) ? 'someone' : null,
  })),
})

describe('a free cell', () => {
  test('of a time to come is a caller’s, of now or soon it is the door’s', () => {
    expect(isForCallers({ startsAt: at('09:16'), nowMs })).toBe(true)
    expect(isForCallers({ startsAt: at('09:15'), nowMs })).toBe(false)
    expect(isForCallers({ startsAt: at('08:00'), nowMs })).toBe(false)
  })
})

describe('the date that a caller asks for', () => {
  test('is today or later, until the end of the year after next', () => {
    const today = '2026-12-31'
    for (const date of ['2026-12-31', '2027-01-01', '2028-12-31'])
      expect(isWithinReach({ date, today }), date).toBe(true)
    for (const date of ['2026-12-30', '0002-12-31', '2029-01-01', '20270-01-01', ''])
      expect(isWithinReach({ date, today }), date).toBe(false)
  })

  test('may be tomorrow, over months, years and leap days', () => {
    expect(nameDayAfter('2026-12-31')).toBe('2027-01-01')
    expect(nameDayAfter('2028-02-28')).toBe('2028-02-29')
    expect(nameDayAfter('2026-11-30')).toBe('2026-12-01')
  })
})

describe('what a caller can have', () => {
  test('the best fit first, those too small last', () => {
    const day = dayOf([slot(1, '12:00'), slot(3, '12:00'), slot(2, '12:00')])
    const tables = listCallerTables({ day, startsAt: at('12:00'), partySize: 3, nowMs })
    expect(tables.map(({ tableNumber }) => tableNumber)).toEqual([2, 3, 1])
  })

  test('nothing that is taken, held or blocked, nor a running time at an occupied table', () => {
    const day = dayOf(
      [
        slot(1, '12:00', { state: 'TAKEN' }),
        slot(2, '12:00', { state: 'BLOCKED' }),
        slot(1, '08:30'),
        slot(2, '08:30'),
      ],
      [1],
    )
    expect(listCallerTimes({ day, nowMs })).toEqual([at('08:30')])
    const running = listCallerTables({ day, startsAt: at('08:30'), partySize: 2, nowMs })
    expect(running.map(({ tableNumber }) => tableNumber)).toEqual([2])
  })

  test('begins with the next time to come', () => {
    expect(pickFirstTime({ times: [at('08:30'), at('12:00')], nowMs })).toBe(at('12:00'))
    expect(pickFirstTime({ times: [at('08:30')], nowMs })).toBe(at('08:30'))
    expect(pickFirstTime({ times: [], nowMs })).toBeNull()
  })
})

test('a booking refused for its table is told with the table that is proposed instead, and no other is', () => {
  const told = (reason: string | null, proposed: number[]) =>
    isAnotherTableNow({ reason, refused: [3], proposed })
  for (const reason of ['slot-taken', 'table-occupied']) {
    expect(told(reason, [5])).toBe(true)
    expect(told(reason, [1, 2])).toBe(true)
    // Before the board has heard of it, or where there is nothing else.
    expect(told(reason, [3])).toBe(false)
    expect(told(reason, [])).toBe(false)
  }
  expect(told('already-booked', [5])).toBe(false)
  expect(told(null, [5])).toBe(false)
})
