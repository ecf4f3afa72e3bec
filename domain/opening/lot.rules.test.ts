import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { layCohorts } from './cohort.rules'
import { readScore, toScoredBytes } from './draw.rules'
import { findLot, findLotMs } from './lot.rules'

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()
const hex = (text: string) => sha256(text).toString('hex')

const RATES = [{ fromAt: '2024-10-10T00:00:00.000Z', turnsPerSecond: 40 }]
const SIZE = 200
const LOBBY = { drawnAt: '2024-10-10T01:00:07.000Z', entryCount: 1_000 }

/** Cohorts of latecomers, each with a seed of its own; who came first is entry 0. */
const COHORTS = Array.from({ length: 300 }, (_, index) => ({
  cohort: index + 1,
  entryCount: SIZE,
  entriesHash: hex(`entries ${index}`),
  orderSeed: hex(`order ${index}`),
  drawnAt: new Date(Date.parse(LOBBY.drawnAt) + (index + 1) * 20_000).toISOString(),
}))
const { laid } = layCohorts({ lobby: LOBBY, cohorts: COHORTS, rates: RATES })
const opening = {
  orderSeed: hex('the lobby'),
  drawnAt: LOBBY.drawnAt,
  waiting: LOBBY.entryCount,
  orderBy: 'DRAW' as const,
  rates: RATES,
  late: {
    cohortSeconds: 20,
    drawnCohort: COHORTS.length,
    directFrom: null,
    cohorts: laid.map(({ turnsFromMs, turnsEndMs, ...cohort }) => ({
      ...cohort,
      turnsFrom: new Date(turnsFromMs).toISOString(),
      turnsEnd: new Date(turnsEndMs).toISOString(),
    })),
  },
}

function findMs({ cohort, place }: { cohort: number; place: number }): number {
  const entryId = hex(`${cohort} ${place}`).slice(0, 32)
  const lot = findLot({ opening, entry: { entryId, number: null, inLobby: false, cohort } })
  if (!lot) throw new Error('not drawn')
  const scoreOf = (orderSeed: string) => readScore(sha256(toScoredBytes({ orderSeed, entryId })))
  return findLotMs({ lot, rates: RATES, scoreOf })
}

/** How many entries of its cohort come before that of a place of arrival. */
function rankOf({ cohort, place }: { cohort: number; place: number }): number {
  const own = findMs({ cohort, place })
  return Array.from({ length: SIZE }, (_, other) => findMs({ cohort, place: other })).filter(
    (ms) => ms < own,
  ).length
}

describe('G14: the turns of a cohort', () => {
  // The inputs are fixed, so this always holds or never does: a chi-squared test over ten stretches. With 9
  // degrees of freedom, one uniform draw in a thousand exceeds 27.9.
  it.each([
    ['first', 0],
    ['in the middle', SIZE / 2],
    ['last', SIZE - 1],
  ])('are spread evenly for who came %s', (_, place) => {
    const counts = new Array<number>(10).fill(0)
    for (const { cohort } of COHORTS) {
      const stretch = Math.floor((rankOf({ cohort, place }) / SIZE) * 10)
      counts[stretch] = (counts[stretch] ?? 0) + 1
    }
    const expected = COHORTS.length / 10
    expect(counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(
      27.9,
    )
  })

  it('are all behind those of earlier cohorts, and before those of later ones', () => {
    const spans = COHORTS.slice(0, 40).map(({ cohort }) => {
      const all = Array.from({ length: SIZE }, (_, place) => findMs({ cohort, place }))
      return { from: Math.min(...all), to: Math.max(...all), end: laid[cohort - 1]?.turnsEndMs }
    })
    for (const [index, { from, to, end }] of spans.entries()) {
      expect(from).toBeGreaterThanOrEqual(spans[index - 1]?.to ?? Date.parse(LOBBY.drawnAt))
      expect(to).toBeLessThanOrEqual(end ?? 0)
    }
  })
})
