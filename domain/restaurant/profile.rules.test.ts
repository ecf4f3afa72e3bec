import { describe, expect, test } from 'vitest'
import { planOpening } from './profile.rules'

describe('when bookings open', () => {
  const rules = {
    sameDayOnly: false,
    horizonDays: 14,
    dayCutMinutes: 300,
    opensMinutes: null,
    opensDaysBefore: 0,
  }

  test('as soon as the horizon reaches the date, or so many days before it', () => {
    expect(planOpening(rules)).toEqual({ kind: 'AHEAD', horizonDays: 14 })
    expect(planOpening({ ...rules, opensMinutes: 600, opensDaysBefore: 3 })).toEqual({
      kind: 'AHEAD_FROM',
      opensMinutes: 600,
      daysBefore: 3,
    })
  })

  test('on the day itself, never before the day has begun', () => {
    const today = { ...rules, sameDayOnly: true }
    expect(planOpening(today)).toEqual({ kind: 'SAME_DAY', opensMinutes: 300 })
    expect(planOpening({ ...today, opensMinutes: 0 })).toMatchObject({ opensMinutes: 300 })
    expect(planOpening({ ...today, opensMinutes: 600 })).toMatchObject({ opensMinutes: 600 })
  })
})
