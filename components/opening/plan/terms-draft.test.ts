import { expect, it } from 'vitest'
import { readRate, readTerms, toPerMinute } from './terms-draft'

it('words: owners type turns a minute, and the plan counts them by the second', () => {
  expect(readRate('30')).toBe(0.5)
  const draft = { lobbyMinutes: '60', gateMinutes: '60', turnsPerMinute: '120' } as const
  expect(readTerms({ ...draft, orderBy: 'DRAW' }).turnsPerSecond).toBe(2)
  expect(readRate('seven')).toBeNaN()
})

it('words: a rate reads as it was typed, whatever a sixtieth of it is', () => {
  for (const typed of [0.6, 1, 7, 10, 29, 30, 100, 600_000])
    expect(toPerMinute(readRate(String(typed)))).toBe(typed)
})
