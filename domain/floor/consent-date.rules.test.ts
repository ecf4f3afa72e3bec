import { describe, expect, test } from 'vitest'
import { readLocalDate } from '@/lib/i18n/moment'
import { readConsentDate } from './consent-date.rules'

/** Where it is the next day already at half past ten in the evening, UTC. */
const timeZone = 'Asia/Kathmandu'
const nowMs = Date.parse('2026-11-29T22:30:00Z')
const read = (date: string) => readConsentDate({ date, nowMs, timeZone })

describe('the date on which a guest agreed', () => {
  test('is today’s without an instant: the present one is the database’s', () => {
    expect(read('2026-11-30')).toEqual({})
  })

  test('is an earlier one from its start, in the restaurant’s zone', () => {
    expect(read('2026-11-29')).toEqual({ at: '2026-11-28T18:15:00.000Z' })
    expect(read('2024-02-29')).toEqual({ at: '2024-02-28T18:15:00.000Z' })
  })

  test('stays the same date where its first hour does not exist', () => {
    const there = { timeZone: 'Africa/Cairo', nowMs }
    const consent = readConsentDate({ date: '2026-04-24', ...there })
    expect(readLocalDate({ at: consent?.at ?? '', timeZone: there.timeZone })).toBe('2026-04-24')
  })

  test.each([
    ['the day to come', '2026-12-01'],
    ['one of a year to come', '2999-01-01'],
    ['one whose year is typed in part', '0202-11-29'],
    ['one with a year of five digits', '12026-11-29'],
    ['none', ''],
  ])('is not %s', (_, date) => {
    expect(read(date)).toBeNull()
  })
})
