import { describe, expect, it } from 'vitest'
import { formatDate, formatLength, formatSeconds, formatTime, readLocalDate } from './moment'

describe('times in the restaurant’s zone', () => {
  const at = '2026-11-22T15:30:05.000Z'

  it('are in its zone, wherever the reader is', () => {
    expect(formatTime({ at, timeZone: 'Asia/Seoul' })).toBe('00:30')
    expect(formatSeconds({ at, timeZone: 'Asia/Seoul' })).toBe('00:30:05')
    expect(formatTime({ at, timeZone: 'America/New_York' })).toBe('10:30')
  })

  it('belong to its calendar date', () => {
    expect(readLocalDate({ at, timeZone: 'Asia/Seoul' })).toBe('2026-11-23')
    expect(readLocalDate({ at, timeZone: 'America/New_York' })).toBe('2026-11-22')
  })
})

it('a calendar date has no zone', () => {
  expect(formatDate({ date: '2026-11-22', locale: 'ko' })).toBe('11월 22일 (일)')
  expect(formatDate({ date: '2026-11-22', locale: 'en' })).toBe('Sun, Nov 22')
})

it('a countdown reaches zero when its time has come, not a second before', () => {
  expect(formatLength(1)).toBe('00:00:01')
  expect(formatLength(0)).toBe('00:00:00')
  expect(formatLength(-5_000)).toBe('00:00:00')
  expect(formatLength(36 * 3_600_000 + 61_000)).toBe('36:01:01')
})
