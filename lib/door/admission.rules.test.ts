import { describe, expect, it } from 'vitest'
import {
  adaptLimit,
  isRefusedAt,
  judgeLevel,
  measurePressure,
  spreadRetrySeconds,
} from './admission.rules'
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

describe('how many may be worked on', () => {
  const adapt = (limit: number, ...tookMs: number[]) =>
    adaptLimit({ limit, most: 300, tookMs, targetMs: 500 })
  const times = (count: number, tookMs: number) => Array<number>(count).fill(tookMs)

  it('shrinks while answers take too long, down to what no process is too slow for', () => {
    expect(adapt(300, ...times(20, 501))).toBe(240)
    expect(adapt(70, ...times(20, 5_000))).toBe(64)
    expect(adaptLimit({ limit: 10, most: 10, tookMs: times(20, 5_000), targetMs: 500 })).toBe(10)
  })

  it('grows again when they don’t, up to what the operator allows', () => {
    expect(adapt(64, ...times(20, 349))).toBe(80)
    expect(adapt(299, ...times(20, 1))).toBe(300)
    expect(adapt(100)).toBe(125)
  })

  it('stays where answers come just in time', () => {
    expect(adapt(100, ...times(20, 350))).toBe(100)
    expect(adapt(100, ...times(20, 500))).toBe(100)
  })

  it('takes seven looks from the most to the least, and as many back', () => {
    const follow = (from: number, tookMs: number) => {
      const limits = [from]
      for (let looks = 0; looks < 7; looks += 1)
        limits.push(adapt(limits.at(-1) ?? 0, ...times(20, tookMs)))
      return limits
    }
    expect(follow(300, 501)).toEqual([300, 240, 192, 153, 122, 97, 77, 64])
    expect(follow(64, 349)).toEqual([64, 80, 100, 125, 157, 197, 247, 300])
  })

  it('is moved neither by a few slow answers nor by many quick ones', () => {
    expect(adapt(100, ...times(9, 9_000), ...times(12, 10))).toBe(125)
    expect(adapt(100, ...times(9, 1), ...times(12, 600))).toBe(80)
    expect(adapt(100, ...times(19, 9_000))).toBe(125)
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
