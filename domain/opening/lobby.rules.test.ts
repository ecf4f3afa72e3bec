import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decideStage, findOwnTurn, planNextLook } from './lobby.rules'
import type { OpeningState } from './schema'

const opensAt = '2026-12-04T01:00:00.000Z'
const at = (seconds: number) => Date.parse(opensAt) + seconds * 1_000
const iso = (seconds: number) => new Date(at(seconds)).toISOString()
const openingIn = (state: OpeningState) => ({
  state,
  lobbyOpensAt: iso(-3_600),
  opensAt,
  gateUntil: iso(3_600),
  pollAfterMs: 30_000,
})

describe('the state of an opening at this instant', () => {
  it.each<[OpeningState, number, OpeningState]>([
    ['ANNOUNCED', -3_601, 'ANNOUNCED'],
    ['ANNOUNCED', -3_600, 'LOBBY'],
    ['ANNOUNCED', 0, 'DRAWING'],
    ['LOBBY', -0.001, 'LOBBY'],
    ['LOBBY', 0, 'DRAWING'],
    ['DRAWING', 5, 'DRAWING'],
    ['OPEN', 3_599, 'OPEN'],
    ['OPEN', 3_600, 'OVER'],
    ['SOLD_OUT', 3_600, 'SOLD_OUT'],
    ['CANCELLED', 10, 'CANCELLED'],
  ])('said to be %s, %s seconds from the instant, is %s', (state, seconds, stage) => {
    expect(decideStage({ opening: openingIn(state), nowMs: at(seconds) })).toBe(stage)
  })
})

describe('the next poll of a page', () => {
  const look = (state: OpeningState, seconds: number, jitter = 0.5) =>
    planNextLook({ opening: openingIn(state), nowMs: at(seconds), jitter })

  it('keeps the server’s pace, and is never earlier, while nothing is about to begin', () => {
    expect(look('LOBBY', -600, 0)).toBe(30_000)
    expect(look('LOBBY', -600, 1)).toBe(37_500)
    expect(look('SOLD_OUT', 60, 0)).toBe(30_000)
  })

  it('comes just after the next instant if that is earlier, and not for all pages at once', () => {
    expect(look('LOBBY', -10, 0)).toBe(10_000)
    expect(look('LOBBY', -10, 1)).toBe(10_800)
    expect(look('ANNOUNCED', -3_610, 0)).toBe(10_000)
  })

  it('comes about a second later when a cache has kept the snapshot past the instant', () => {
    expect(look('LOBBY', 1, 0)).toBe(1_000)
    expect(look('LOBBY', 1, 1)).toBe(2_000)
  })
})

describe('G14: a diner’s turn, computed by their own phone', () => {
  const hash = async (bytes: Uint8Array) => {
    const digest = createHash('sha256').update(bytes).digest()
    return new Uint8Array(digest).buffer
  }
  const drawn = {
    orderSeed: 'ab'.repeat(32),
    drawnAt: iso(3),
    waiting: 1_000,
    orderBy: 'DRAW' as const,
    rates: [{ fromAt: opensAt, turnsPerSecond: 10 }],
    late: null,
  }
  const entry = { entryId: '0f'.repeat(16), number: null, inLobby: true, cohort: null }

  it('is null before the draw', async () => {
    const opening = { ...drawn, orderSeed: null, drawnAt: null }
    expect(await findOwnTurn({ opening, entry, hash })).toBeNull()
  })

  it('comes within the lobby’s time, and tells how many are ahead', async () => {
    const own = await findOwnTurn({ opening: drawn, entry, hash })
    expect(own?.turnMs).toBeGreaterThanOrEqual(at(3))
    expect(own?.turnMs).toBeLessThanOrEqual(at(103))
    expect(own?.promisedMs).toBe(own?.turnMs)
    expect(own?.ahead).toBe(Math.floor((Number(own?.turnMs) - at(3)) / 100))
  })

  it('comes after the whole lobby for a late entry', async () => {
    const own = await findOwnTurn({ opening: drawn, entry: { ...entry, number: 1 }, hash })
    expect(own).toMatchObject({ turnMs: at(3) + 100_100, ahead: 1_000 })
  })

  it('keeps the time promised before the rate changed, so that the page can say so', async () => {
    const rates = [...drawn.rates, { fromAt: iso(4), turnsPerSecond: 1 }]
    const late = { ...entry, number: 1 }
    const own = await findOwnTurn({ opening: { ...drawn, rates }, entry: late, hash })
    expect(own?.promisedMs).toBe(at(3) + 100_100)
    expect(own?.turnMs).toBe(at(4) + (1_001 - 10) * 1_000)
  })
})
