import { describe, expect, test } from 'vitest'
import { countTurns, refusePlan, suggestRate } from './plan.rules'
import type { PlanFacts } from './plan.schema'

const facts: PlanFacts = {
  today: '2026-12-01',
  dateThen: '2026-12-04',
  isAhead: true,
  sameDayOnly: false,
  horizonDays: 14,
  isClosed: false,
  hasOpening: false,
}
const judge = (serviceDate: string, given: Partial<PlanFacts> = {}) =>
  refusePlan({ serviceDate, facts: { ...facts, ...given } })

describe('a plan', () => {
  test('is accepted when its date can be booked at its instant', () => {
    expect(judge('2026-12-04')).toBeNull()
    expect(judge('2026-12-18')).toBeNull()
    expect(judge('2026-12-04', { sameDayOnly: true })).toBeNull()
  })

  test.each([
    ['past-date', '2026-11-30', {}],
    ['past-time', '2026-12-04', { isAhead: false }],
    ['opening-too-late', '2026-12-03', {}],
    ['opening-too-early', '2026-12-19', {}],
    ['opening-too-early', '2026-12-05', { sameDayOnly: true }],
    ['closed-day', '2026-12-04', { isClosed: true }],
    ['opening-exists', '2026-12-04', { hasOpening: true }],
  ] as const)('is refused: %s', (reason, date, given) => {
    expect(judge(date, given)).toBe(reason)
  })
})

test('the suggested rate lets every diner who can get a seat begin within two minutes', () => {
  expect([0, 8, 12, 70, 200, 1_000].map(suggestRate)).toEqual([0.1, 0.1, 0.1, 0.6, 2, 8])
})

test('turns are counted over the whole gate', () => {
  expect(countTurns({ turnsPerSecond: 0.6, gateMinutes: 60 })).toBe(2_160)
})
