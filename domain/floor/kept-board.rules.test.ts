import { describe, expect, test } from 'vitest'
import { chooseKept, estimateNowMs, listKeptDates, nameKept, slugOfKept } from './kept-board.rules'

const asOf = '2026-09-14T11:31:00.000Z'
/** The tablet's clock is an hour fast. */
const keptAtMs = Date.parse(asOf) + 3_600_000
const HOUR_MS = 3_600_000

const makeDay = (serviceDate: string) => ({
  serviceDate,
  timeZone: 'Asia/Kathmandu',
  dayCutMinutes: 300,
  asOf,
})

const boards = ['2026-09-14', '2026-09-15'].map((date) => ({ keptAtMs, day: makeDay(date) }))
const choose = (date: string | null, hoursLater: number) =>
  chooseKept({ boards, date, nowMs: keptAtMs + hoursLater * HOUR_MS })

describe('the kept boards', () => {
  test('are those of today and tomorrow, also over the end of a year', () => {
    expect(listKeptDates('2026-12-31')).toEqual(['2026-12-31', '2027-01-01'])
  })

  test('have names that tell their restaurant', () => {
    expect(slugOfKept(nameKept({ slug: 'bab-jip', date: '2026-09-14' }))).toBe('bab-jip')
  })

  test('show today unless another date is asked for, and say which there are', () => {
    expect(choose(null, 1)?.board?.day.serviceDate).toBe('2026-09-14')
    expect(choose('2026-09-15', 1)?.board?.day.serviceDate).toBe('2026-09-15')
    expect(choose('2026-09-16', 1)).toEqual({
      board: null,
      today: '2026-09-14',
      dates: ['2026-09-14', '2026-09-15'],
    })
    expect(chooseKept({ boards: [], date: null, nowMs: keptAtMs })).toBeNull()
  })

  test('after the day cut in the restaurant’s zone show what was tomorrow', () => {
    // 17:16 in Kathmandu; the cut is at 05:00.
    expect(choose(null, 11)?.today).toBe('2026-09-14')
    expect(choose(null, 12)?.board?.day.serviceDate).toBe('2026-09-15')
  })
})

describe('the present without a network', () => {
  test('goes on from the board’s own time, whatever the tablet’s clock shows', () => {
    const now = estimateNowMs({ asOf, keptAtMs, nowMs: keptAtMs + HOUR_MS })
    expect(new Date(now).toISOString()).toBe('2026-09-14T12:31:00.000Z')
  })

  test('is never before the board was read', () => {
    expect(estimateNowMs({ asOf, keptAtMs, nowMs: keptAtMs - HOUR_MS })).toBe(Date.parse(asOf))
  })
})
