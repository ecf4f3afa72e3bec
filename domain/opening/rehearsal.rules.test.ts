import { describe, expect, test } from 'vitest'
import { countArrived, makeDice, placeArrival } from './crowd.rules'
import { MOST_POINTS, rehearse } from './rehearsal.rules'
import { type RehearsalRates, type RehearsalSettings, rehearsed } from './rehearsal.schema'

/** The restaurant of the day this product is built for: 40 tables and 5 seatings. */
const SETTINGS: RehearsalSettings = {
  people: 2_000,
  lobbySeconds: 3_600,
  lateSeconds: 10,
  gateSeconds: 3_600,
  turnsPerSecond: 40,
  orderBy: 'DRAW',
  drawnAfterSeconds: 8,
  cohortSeconds: 20,
  times: Array.from({ length: 5 }, () => [
    { minParty: 1, maxParty: 2, count: 20 },
    { minParty: 3, maxParty: 4, count: 14 },
    { minParty: 5, maxParty: 6, count: 6 },
  ]),
}
const RATES: RehearsalRates = {
  entriesPerSecond: 3_000,
  bookingsPerSecond: 800,
  requestsPerSecond: 1_000,
  pollsPerSecond: null,
}
const run = (settings: Partial<RehearsalSettings> = {}, rates: Partial<RehearsalRates> = {}) =>
  rehearse({ settings: { ...SETTINGS, ...settings }, rates: { ...RATES, ...rates } })

describe('a rehearsal', () => {
  test('is the same for the same settings, and what is kept of it can be read', () => {
    expect(run()).toEqual(run())
    expect(rehearsed.parse(JSON.parse(JSON.stringify(run())))).toEqual(run())
  })

  test('of the benchmark’s 2,000 sells every seat soon after the draw, and all know seconds later', () => {
    const { figures, advice } = run()
    expect(figures).toMatchObject({ inLobby: 1_400, countedLate: 0, seats: 200, seatsLeft: 0 })
    // 30 tables for 5 or 6 need about 300 parties; one in ten is as large.
    expect(figures.soldOutSeconds).toBeGreaterThan(8 + 5)
    expect(figures.soldOutSeconds).toBeLessThan(8 + 11)
    expect(figures.allKnowSeconds - (figures.soldOutSeconds ?? 0)).toBeCloseTo(4.9, 1)
    expect(advice).toEqual([])
  })

  test('with more people is known later by all, never sooner, and entering takes no less', () => {
    const sizes = [200, 1_000, 2_000, 10_000, 50_000, 110_000, 300_000]
    const figures = sizes.map(
      (people) => run({ people, lobbySeconds: 300 }, { pollsPerSecond: 2_000 }).figures,
    )
    for (const [index, { enteringSeconds, allKnowSeconds, soldOutSeconds }] of figures.entries()) {
      const before = figures[index - 1]
      if (!before) continue
      expect(enteringSeconds.most).toBeGreaterThanOrEqual(before.enteringSeconds.most)
      if (before.soldOutSeconds !== null && soldOutSeconds !== null)
        expect(allKnowSeconds).toBeGreaterThanOrEqual(before.allKnowSeconds)
    }
    expect(figures.at(-1)?.enteringSeconds.most).toBeGreaterThan(60)
    expect(figures.at(-1)?.allKnowSeconds).toBeGreaterThan(150)
  })

  test('at half the rate sells out about half as fast', () => {
    const [fast, slow] = [run(), run({ turnsPerSecond: 20 })].map(
      ({ figures }) => (figures.soldOutSeconds ?? 0) - 8,
    )
    expect((slow ?? 0) / (fast ?? 1)).toBeCloseTo(2, 0)
  })

  test('of fewer people than seats tells what is left, and when the last turn has come', () => {
    const { figures } = run({ people: 100, turnsPerSecond: 5 })
    expect(figures).toMatchObject({ soldOutSeconds: null, inLobby: 70 })
    expect(figures.seatsLeft).toBeGreaterThan(90)
    // The lobby's turns end at 22 s, and those who came late are drawn at 28 s.
    expect(figures.allKnowSeconds).toBeGreaterThan(28 + 30 / 5 - 1)
    expect(figures.allKnowSeconds).toBeLessThan(28 + 30 / 5 + 2)
  })

  test('lets latecomers follow the lobby at once where they are not drawn', () => {
    const { figures } = run({ people: 100, turnsPerSecond: 5, cohortSeconds: null })
    expect(figures.allKnowSeconds).toBeLessThan(8 + 100 / 5 + 2)
  })

  test('keeps seats that no party of the crowd fits', () => {
    const { figures } = run({
      times: [
        [
          { minParty: 1, maxParty: 2, count: 10 },
          { minParty: 8, maxParty: 12, count: 3 },
        ],
      ],
    })
    expect(figures).toMatchObject({ soldOutSeconds: null, seatsLeft: 3 })
  })

  test('draws curves that only rise, or fall to the seats left, in a bounded number of points', () => {
    for (const settings of [
      {},
      { people: 300_000 },
      { lobbySeconds: 60 },
      { turnsPerSecond: 0.1, people: 50 },
    ]) {
      const { curves, figures } = run(settings)
      const { arrived, entered, turns, seatsLeft } = curves
      expect(arrived.length).toBeLessThanOrEqual(MOST_POINTS)
      for (const curve of [arrived, entered, turns, seatsLeft.map((seats) => -seats)]) {
        expect(curve).toHaveLength(arrived.length)
        expect(curve).toEqual(curve.toSorted((a, b) => a - b))
      }
      for (const [place, count] of entered.entries())
        expect(count).toBeLessThanOrEqual(arrived[place] ?? 0)
      expect(seatsLeft[0]).toBe(figures.seats)
      expect(seatsLeft.at(-1)).toBe(figures.seatsLeft)
    }
  })
})

describe('advice', () => {
  const kinds = (...given: Parameters<typeof run>) => run(...given).advice.map(({ kind }) => kind)

  test('names an earlier lobby when people who come in time are counted late, and it helps', () => {
    const crowded = { people: 110_000, lobbySeconds: 60 }
    const { figures, advice } = run(crowded)
    expect(figures.countedLate).toBeGreaterThan(0)
    const [lobby] = advice.filter(({ kind }) => kind === 'earlier-lobby')
    expect(lobby).toBeDefined()
    const mended = run({ ...crowded, lobbySeconds: (lobby?.to ?? 0) * 60 }).figures
    expect(mended.countedLate).toBe(0)
    expect(mended.enteringSeconds.most).toBeCloseTo(lobby?.thenSeconds ?? 0, 0)
  })

  test('names a lower rate only when turns wait for their answers, and then they don’t', () => {
    expect(kinds()).not.toContain('lower-rate')
    const jammed = { people: 20_000, turnsPerSecond: 1_000 }
    const { figures, advice } = run(jammed, { bookingsPerSecond: 60 })
    expect(figures.turnWaitSeconds).toBeGreaterThan(2)
    const [slower] = advice.filter(({ kind }) => kind === 'lower-rate')
    const mended = run({ ...jammed, turnsPerSecond: slower?.to ?? 0 }, { bookingsPerSecond: 60 })
    expect(mended.figures.turnWaitSeconds).toBeLessThan(0.5)
  })

  test('names more processes when they would help, not where they could not be measured', () => {
    const crowded = { people: 110_000, lobbySeconds: 60 }
    expect(kinds(crowded)).toContain('more-processes')
    expect(kinds(crowded, { requestsPerSecond: null })).not.toContain('more-processes')
    expect(kinds()).toEqual([])
  })
})

test('as many have come by an instant as the replay’s crowd of that size', () => {
  const roll = makeDice(7)
  const early = Array.from({ length: 7_000 }, () => -60 * (1 - placeArrival(roll())))
  for (const atSeconds of [-50, -30, -10, -1]) {
    const came = early.filter((at) => at <= atSeconds).length
    const expected = countArrived({ people: 10_000, lobbySeconds: 60, lateSeconds: 10, atSeconds })
    expect(Math.abs(came - expected)).toBeLessThan(150)
  }
  const late = { people: 10_000, lobbySeconds: 60, lateSeconds: 10 }
  expect(countArrived({ ...late, atSeconds: 5 })).toBeCloseTo(8_500, 6)
  expect(countArrived({ ...late, atSeconds: 99 })).toBe(10_000)
})
