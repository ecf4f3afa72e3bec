import { describe, expect, it } from 'vitest'
import { isRefusedAt, judgeLevel, measurePressure, spreadRetrySeconds } from './admission.rules'
import { RANKED } from './request-class.rules'

const limits = { inFlight: 100, waiting: 40, delayMs: 500 }
const calm = { inFlight: 0, waiting: 0, delayMs: 0 }

/** Classes that are refused at that number in flight, starting from a level. */
function refusedAt(inFlight: number, level = 0): string[] {
  const now = judgeLevel({ level, pressure: measurePressure({ ...calm, inFlight }, limits) })
  return RANKED.filter((rank) => isRefusedAt({ level: now, rank }))
}

describe('what is refused', () => {
  it('grows class by class', () => {
    expect(refusedAt(0)).toEqual([])
    expect(refusedAt(69)).toEqual([])
    expect(refusedAt(70)).toEqual(['cached'])
    expect(refusedAt(85)).toEqual(['cached', 'entry'])
    expect(refusedAt(100)).toEqual(['cached', 'entry', 'booking'])
    expect(refusedAt(299)).toEqual(['cached', 'entry', 'booking'])
    expect(refusedAt(300)).toEqual(['cached', 'entry', 'booking', 'act'])
  })

  it('shrinks a little later than it grew, so that the door does not flutter', () => {
    expect(refusedAt(81, 3)).toEqual(['cached', 'entry', 'booking'])
    expect(refusedAt(79, 3)).toEqual(['cached', 'entry'])
    expect(refusedAt(57, 2)).toEqual(['cached'])
    expect(refusedAt(55, 1)).toEqual([])
    expect(refusedAt(0, 4)).toEqual([])
  })

  it('follows the worst of the readings', () => {
    expect(measurePressure({ inFlight: 50, waiting: 0, delayMs: 0 }, limits)).toBe(0.5)
    expect(measurePressure({ inFlight: 50, waiting: 40, delayMs: 0 }, limits)).toBe(1)
    expect(measurePressure({ inFlight: 50, waiting: 40, delayMs: 1_000 }, limits)).toBe(2)
  })

  it('counts where nobody at all may wait for Postgres', () => {
    expect(measurePressure(calm, { ...limits, waiting: 0 })).toBe(0)
    expect(measurePressure({ ...calm, waiting: 1 }, { ...limits, waiting: 0 })).toBe(1)
  })
})

describe('Retry-After', () => {
  const rolls = Array.from({ length: 1_000 }, (_, index) => index / 1_000)

  it.each([
    [0, [1, 2]],
    [1, [1, 2, 3, 4]],
    [3, [2, 3, 4, 5, 6, 7, 8]],
    [4, [3, 4, 5, 6, 7, 8, 9, 10]],
  ])('at level %i it is one of %j seconds, each about as often', (level, expected) => {
    const counts = new Map<number, number>()
    for (const random of rolls) {
      const seconds = spreadRetrySeconds({ level, random })
      counts.set(seconds, (counts.get(seconds) ?? 0) + 1)
    }
    expect([...counts.keys()]).toEqual(expected)
    for (const count of counts.values())
      expect(Math.abs(count - 1_000 / expected.length)).toBeLessThanOrEqual(1)
  })
})
