import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findTurnMs } from './turn.rules'

const drawnAt = '2026-12-04T01:00:03.000Z'
const drawnMs = Date.parse(drawnAt)
const rate = (afterSeconds: number, turnsPerSecond: number) => ({
  fromAt: new Date(drawnMs + afterSeconds * 1000).toISOString(),
  turnsPerSecond,
})

describe('G14: when a turn comes', () => {
  it('is the place divided by the rate, counted from the draw', () => {
    const rates = [rate(-3, 4)]
    expect(findTurnMs({ place: 0, rates, drawnAt })).toBe(drawnMs)
    expect(findTurnMs({ place: 4, rates, drawnAt })).toBe(drawnMs + 1_000)
    expect(findTurnMs({ place: 10.2, rates, drawnAt })).toBe(drawnMs + 2_550)
  })

  it('follows a changed rate from then on, and turns that have come stay', () => {
    const rates = [rate(-3, 4), rate(10, 1), rate(20, 10)]
    expect(findTurnMs({ place: 40, rates, drawnAt })).toBe(drawnMs + 10_000)
    expect(findTurnMs({ place: 45, rates, drawnAt })).toBe(drawnMs + 15_000)
    expect(findTurnMs({ place: 51, rates, drawnAt })).toBe(drawnMs + 20_100)
  })

  it('takes the newest rate that was set before the draw', () => {
    expect(findTurnMs({ place: 10, rates: [rate(-9, 1), rate(-3, 5)], drawnAt })).toBe(
      drawnMs + 2_000,
    )
  })

  it('never comes earlier for a later place, whatever the rates', () => {
    const anyRates = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 2_000 })), {
        maxLength: 5,
      })
      .map((later) => [
        rate(-3, 2),
        ...later.map(([after, perSecond]) => rate(after, perSecond / 10)),
      ])
    const place = fc.double({ min: 0, max: 200_000, noNaN: true })
    fc.assert(
      fc.property(anyRates, place, place, (rates, one, other) => {
        const [earlier, later] = [Math.min(one, other), Math.max(one, other)]
        const [first, second] = [earlier, later].map((at) =>
          findTurnMs({ place: at, rates, drawnAt }),
        )
        return Number(first) <= Number(second) && Number(first) >= drawnMs
      }),
    )
  })
})
