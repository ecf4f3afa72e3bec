import { describe, expect, it } from 'vitest'
import { planCrowd } from './crowd'

const PLAN = { diners: 10_000, lobbyMs: 60_000, lateMs: 10_000, botShare: 0.02, seed: 7 }

describe('the crowd of a replay', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planCrowd(PLAN)).toEqual(planCrowd(PLAN))
    expect(planCrowd({ ...PLAN, seed: 8 })).not.toEqual(planCrowd(PLAN))
  })

  it('comes for seven tenths before the opening, denser towards it, and for the rest soon after', () => {
    const phones = planCrowd(PLAN)
    const early = phones.filter(({ arrivesMs }) => arrivesMs < 0)
    expect(early).toHaveLength(7_000)
    const inLastHalf = early.filter(({ arrivesMs }) => arrivesMs > -30_000)
    expect(inLastHalf.length).toBeGreaterThan(4_500)
    for (const { arrivesMs } of phones) {
      expect(arrivesMs).toBeGreaterThanOrEqual(-60_000)
      expect(arrivesMs).toBeLessThanOrEqual(10_000)
    }
  })

  it('is patient for the most part, with two in a hundred who hammer', () => {
    const manners = planCrowd(PLAN).map(({ manner }) => manner)
    const shareOf = (wanted: string) => manners.filter((one) => one === wanted).length / 10_000
    expect(shareOf('bot')).toBeCloseTo(0.02, 2)
    expect(shareOf('calm')).toBeCloseTo(0.73, 1)
    expect(new Set(manners).size).toBe(6)
  })
})
