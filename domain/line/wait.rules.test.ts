import { describe, expect, it } from 'vitest'
import type { PastWait } from './types'
import { classifyAhead, classifyParty, estimatePace, listShares, quoteWait } from './wait.rules'

const friday = { weekday: 5, hour: 19 }
const none = { minutes: 0, calls: 0 }

/** Ten waits on each of seven evenings; `share` of the expected wait. */
function makeWaits(change: (index: number) => Partial<PastWait> & { share: number }): PastWait[] {
  return Array.from({ length: 70 }, (_, index) => {
    const { share, ...rest } = change(index)
    return {
      ahead: 3,
      partySize: 2,
      ...friday,
      basisMinutes: 20,
      waitedMinutes: 20 * share,
      isCensored: false,
      serviceDate: `2026-11-${10 + (index % 7)}`,
      daysAgo: 1 + (index % 7),
      ...rest,
    }
  })
}
const ask = (waits: PastWait[], ahead = 3) => ({
  ahead,
  estimate: { minutesPerParty: 5, shares: listShares({ ...friday, partySize: 2, waits }) },
})
const even = makeWaits((index) => ({ share: 0.5 + (index % 10) ** 2 / 100 }))

describe('the pace of a line', () => {
  it('starts from a default where nothing is known, and soon follows this evening', () => {
    expect(estimatePace({ ...friday, recent: none, past: [] })).toBe(5)
    const past = [{ ...friday, minutes: 300, calls: 100 }]
    expect(estimatePace({ ...friday, recent: none, past })).toBeCloseTo(3, 1)
    const slow = estimatePace({ ...friday, recent: { minutes: 60, calls: 6 }, past })
    expect(slow).toBeGreaterThan(6)
    expect(slow).toBeLessThan(7)
  })

  it('gives the same weekday and hour more weight than others', () => {
    const past = [
      { weekday: 5, hour: 19, minutes: 100, calls: 50 },
      { weekday: 2, hour: 12, minutes: 500, calls: 50 },
    ]
    expect(estimatePace({ ...friday, recent: none, past })).toBeLessThan(3)
    expect(estimatePace({ weekday: 2, hour: 12, recent: none, past })).toBeGreaterThan(8)
  })

  it('slows down while no party is called', () => {
    const open = estimatePace({ ...friday, recent: { minutes: 40, calls: 0 }, past: [] })
    expect(open).toBe(45)
  })
})

describe('the range', () => {
  it('is the narrowest that holds four of five waits', () => {
    // Shares run from 0.5 to 1.14, then 1.31: the range holds eight of ten, and one more for the
    // wait to come.
    expect(quoteWait(ask(even))).toEqual({ fromMinutes: 10, toMinutes: 25 })
    const mostly = makeWaits((index) => ({ share: index % 10 === 0 ? 3 : 1 + (index % 10) / 100 }))
    expect(quoteWait(ask(mostly))).toEqual({ fromMinutes: 20, toMinutes: 25 })
  })

  it('is null without history: few waits, few evenings, none alike', () => {
    expect(quoteWait(ask([]))).toBeNull()
    expect(quoteWait(ask(even.slice(0, 29)))).toBeNull()
    expect(quoteWait(ask(even.map((past) => ({ ...past, serviceDate: '2026-11-10' }))))).toBeNull()
    expect(quoteWait(ask(even, 3_000))).toBeNull()
  })

  it('is null beyond six hours', () => {
    const far = makeWaits((index) => ({ share: 0.9 + (index % 3) / 10, ahead: 100 }))
    expect(quoteWait(ask(far, 64))).not.toBeNull()
    expect(quoteWait(ask(far, 99))).toBeNull()
  })

  it('counts a party that left as having waited at least so long', () => {
    const gone = makeWaits((index) => ({
      share: 0.5 + (index % 10) / 10,
      isCensored: index % 3 === 0,
    }))
    const without = gone.filter(({ isCensored }) => !isCensored)
    const high = (waits: PastWait[]) => ask(waits).estimate.shares[2]?.high ?? 0
    expect(high(gone)).toBeGreaterThan(high(without) - 1e-9)
    const all = makeWaits(() => ({ share: 1, isCensored: true }))
    expect(quoteWait(ask(all))).toBeNull()
  })

  it('is rounded as people say it, and never has zero width', () => {
    const same = makeWaits(() => ({ share: 1 }))
    expect(quoteWait(ask(same))).toEqual({ fromMinutes: 20, toMinutes: 25 })
    const atOnce = makeWaits(() => ({ share: 0, ahead: 0 }))
    expect(quoteWait(ask(atOnce, 0))).toEqual({ fromMinutes: 0, toMinutes: 1 })
  })

  it('groups parties by the tables they fit, and places by their logarithm', () => {
    expect([1, 2, 3, 4, 5, 100].map(classifyParty)).toEqual([0, 0, 1, 1, 2, 2])
    expect([0, 1, 2, 3, 4, 7, 8, 1e6].map(classifyAhead)).toEqual([0, 1, 2, 2, 3, 3, 4, 8])
  })
})
