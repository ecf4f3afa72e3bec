import { describe, expect, test } from 'vitest'
import { countMinutesAhead, isBatteryLow } from './tablet.rules'

describe('a tablet’s battery', () => {
  test('is low under fifteen percent, unless it is charging', () => {
    expect(isBatteryLow({ level: 0.15, charging: false })).toBe(false)
    expect(isBatteryLow({ level: 0.14, charging: false })).toBe(true)
    expect(isBatteryLow({ level: 0.01, charging: true })).toBe(false)
  })
})

describe('a tablet’s clock', () => {
  test.each([
    { aheadSeconds: 0, minutes: 0 },
    { aheadSeconds: 60, minutes: 0 },
    { aheadSeconds: -60, minutes: 0 },
    { aheadSeconds: 61, minutes: 1 },
    { aheadSeconds: -61, minutes: -1 },
    { aheadSeconds: 9 * 3_600, minutes: 540 },
  ])('$aheadSeconds seconds ahead are $minutes minutes', ({ aheadSeconds, minutes }) => {
    const serverMs = Date.UTC(2026, 8, 14, 11)
    expect(countMinutesAhead({ deviceMs: serverMs + aheadSeconds * 1_000, serverMs })).toBe(minutes)
  })
})
