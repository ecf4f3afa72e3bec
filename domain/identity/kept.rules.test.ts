import { expect, test } from 'vitest'
import { isKeptReadable } from './kept.rules'

const HOUR_MS = 3_600_000
const keptAtMs = Date.UTC(2026, 8, 14, 11)

test.each([
  { age: 'just now', ageMs: 0, isReadable: true },
  { age: 'a day ago but a millisecond', ageMs: 24 * HOUR_MS - 1, isReadable: true },
  { age: 'a day ago', ageMs: 24 * HOUR_MS, isReadable: false },
  { age: 'a week ago', ageMs: 7 * 24 * HOUR_MS, isReadable: false },
  { age: 'in a minute, by a clock that has set itself', ageMs: -60_000, isReadable: true },
  { age: 'in an hour, by a clock that was set back', ageMs: -HOUR_MS, isReadable: false },
])('kept $age: readable is $isReadable', ({ ageMs, isReadable }) => {
  expect(isKeptReadable({ keptAtMs, nowMs: keptAtMs + ageMs })).toBe(isReadable)
})
