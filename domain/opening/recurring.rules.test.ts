import { describe, expect, test } from 'vitest'
import { isDue, planOf, refuseRecurringOpening } from './recurring.rules'
import type { DueDate } from './recurring.schema'

const recurring = {
  opensMinutes: 600,
  opensDaysBefore: 0,
  lobbyMinutes: 60,
  gateMinutes: 60,
  orderBy: 'DRAW' as const,
  turnsPerSecond: 0.6,
}
const due: DueDate = {
  ...recurring,
  restaurantId: 'a',
  serviceDate: '2027-03-14',
  timeZone: 'America/St_Johns',
  since: new Date('2027-01-01T00:00:00Z'),
}
const opensAt = (given: Partial<DueDate>) => planOf({ ...due, ...given }).opensAt

describe('the opening of a date', () => {
  test('is at the wall time, also on the days when clocks change', () => {
    // −03:30 before the night of 14 March 2027, −02:30 after it; back on 7 November.
    expect(opensAt({ serviceDate: '2027-03-13' })).toBe('2027-03-13T13:30:00.000Z')
    expect(opensAt({})).toBe('2027-03-14T12:30:00.000Z')
    expect(opensAt({ serviceDate: '2027-11-07' })).toBe('2027-11-07T13:30:00.000Z')
  })

  test('comes after the gap when its time is skipped, and at the first of two', () => {
    expect(opensAt({ opensMinutes: 150 })).toBe('2027-03-14T06:00:00.000Z')
    expect(opensAt({ opensMinutes: 90, serviceDate: '2027-11-07' })).toBe(
      '2027-11-07T04:00:00.000Z',
    )
  })

  test('is the configured number of days before its date', () => {
    expect(opensAt({ opensDaysBefore: 7 })).toBe('2027-03-07T13:30:00.000Z')
  })

  test('is announced when at least a day after the recurring opening last changed', () => {
    const plan = planOf(due)
    const dayBefore = Date.parse(plan.opensAt) - 24 * 60 * 60_000
    expect(isDue({ plan, since: new Date(dayBefore) })).toBe(true)
    expect(isDue({ plan, since: new Date(dayBefore + 1) })).toBe(false)
  })
})

describe('a recurring opening at which no diner could book', () => {
  const restaurant = { sameDayOnly: false, horizonDays: 14, dayCutMinutes: 300 }
  test.each([
    [null, {}, {}],
    [null, { opensDaysBefore: 14 }, {}],
    ['opening-too-early', { opensDaysBefore: 15 }, {}],
    // At night it is still the day before.
    ['opening-too-early', { opensDaysBefore: 14, opensMinutes: 120 }, {}],
    [null, {}, { sameDayOnly: true }],
    ['opening-too-early', { opensDaysBefore: 1 }, { sameDayOnly: true }],
    ['opening-too-early', { opensMinutes: 299 }, { sameDayOnly: true }],
  ] as const)('%s: %o at %o', (refusal, given, at) => {
    expect(
      refuseRecurringOpening({
        recurring: { ...recurring, ...given },
        restaurant: { ...restaurant, ...at },
      }),
    ).toBe(refusal)
  })
})
