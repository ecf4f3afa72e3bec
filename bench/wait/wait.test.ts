import { describe, expect, it } from 'vitest'
import { playEvening } from './evening'
import { type Judgement, judgeRestaurant } from './judge'
import { HELD_OUT, TUNED_ON } from './restaurants'

/** None of these evenings was used while the method's constants were chosen. */
const SEED = 501
const judgements: Judgement[] = []
const cover = ({ held, told }: Pick<Judgement, 'held' | 'told'>) => held / told

describe('the wait quoted on evenings it was not tuned on', () => {
  it.each(Object.entries(HELD_OUT))(
    '%s: ranges hold about four times out of five, and are narrower than places × average',
    (_, restaurant) => {
      const judged = judgeRestaurant({ restaurant, seed: SEED })
      judgements.push(judged)
      expect(judged.told).toBeGreaterThan(200)
      expect(judged.open / judged.told).toBeLessThan(0.2)
      // Evenings are few and differ: a single restaurant's fortnight tells little more.
      expect(cover(judged)).toBeGreaterThan(0.7)
      expect(cover(judged)).toBeLessThan(0.95)
      expect(judged.widthMinutes).toBeLessThan(judged.naiveWidthMinutes)
    },
    60_000,
  )

  it('over all of them, between 75 % and 90 %', () => {
    const all = { held: 0, told: 0 }
    for (const { held, told } of judgements) {
      all.held += held
      all.told += told
    }
    expect(judgements).toHaveLength(Object.keys(HELD_OUT).length)
    expect(cover(all)).toBeGreaterThanOrEqual(0.75)
    expect(cover(all)).toBeLessThanOrEqual(0.9)
    if (process.env.SHOW_FIGURES) console.info(cover(all), judgements)
  })

  it('a restaurant whose evenings have nothing in common with its past is detected', () => {
    const { ordinary } = TUNED_ON
    if (!ordinary) throw new Error('expected a restaurant')
    const slow = { ...ordinary, mealMinutes: 160 }
    const judged = judgeRestaurant({ restaurant: ordinary, later: slow, seed: SEED })
    expect(cover(judged)).toBeLessThan(0.75)
  })
})

describe('a made-up evening', () => {
  it('is the same for the same seed, seats no party twice, and calls none that left', () => {
    const restaurant = HELD_OUT.booked
    if (!restaurant) throw new Error('expected a restaurant')
    const evening = playEvening({ restaurant, weekday: 5, seed: SEED })
    expect(playEvening({ restaurant, weekday: 5, seed: SEED })).toEqual(evening)
    expect(evening.some(({ leftAt }) => leftAt !== null)).toBe(true)
    for (const { calledAt, leftAt, takenAt } of evening) {
      expect(calledAt === null || leftAt === null).toBe(true)
      expect(calledAt ?? leftAt ?? takenAt).toBeGreaterThanOrEqual(takenAt)
    }
  })
})
