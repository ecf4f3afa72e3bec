import { expect, test } from 'vitest'
import { countTurns, suggestRate } from './rate.rules'

test('the rate that is suggested lets everybody with a seat begin within two minutes', () => {
  expect([0, 8, 12, 70, 200, 1_000].map(suggestRate)).toEqual([0.1, 0.1, 0.1, 0.6, 2, 8])
})

test('turns are counted over the whole gate', () => {
  expect(countTurns({ turnsPerSecond: 0.6, gateMinutes: 60 })).toBe(2_160)
})
