import { describe, expect, it } from 'vitest'
import { describeEntering, drawEntryWaitMs, isQueue } from './entering.rules'
import type { Opening } from './schema'

const OPENS_AT = '2026-12-04T01:00:00.000Z'
const OPENS_AT_MS = Date.parse(OPENS_AT)
const DRAWN = { directFrom: null }
const BEHIND_4000 = { perSecond: 500, ahead: 4_000 }

const wait = (
  entering: Opening['entering'],
  {
    leftMs = 60_000,
    random = 0.5,
    agedMs = 1_000,
    late = DRAWN as { directFrom: string | null } | null,
  } = {},
) => {
  const nowMs = OPENS_AT_MS - leftMs
  const asOf = new Date(nowMs - agedMs).toISOString()
  return drawEntryWaitMs({ opening: { entering, asOf, opensAt: OPENS_AT, late }, nowMs, random })
}

describe('how long a phone waits before it enters', () => {
  it('is not at all where nobody waits', () => {
    expect(wait(null)).toBe(0)
    expect(wait({ perSecond: 500, ahead: 0 })).toBe(0)
  })

  it('is until a place of its own behind those who wait', () => {
    expect(wait(BEHIND_4000, { random: 0 })).toBe(0)
    expect(wait(BEHIND_4000, { random: 0.5 })).toBe(6_000)
    expect(wait(BEHIND_4000, { random: 1 })).toBe(12_000)
  })

  it('is never past the end of the lobby, however many wait', () => {
    const entering = { perSecond: 10, ahead: 100_000 }
    expect(wait(entering, { leftMs: 3_000, random: 1 })).toBe(2_500)
    expect(wait(entering, { leftMs: 300, random: 1 })).toBe(0)
    expect(wait(entering, { leftMs: 1, random: 1 })).toBe(0)
  })

  it('is twenty seconds at most, however many hammer', () => {
    const entering = { perSecond: 10, ahead: 100_000 }
    expect(wait(entering, { random: 1 })).toBe(20_000)
    expect(wait(entering, { leftMs: -100, random: 1 })).toBe(20_000)
  })

  it('is until a place of the queue once the lobby has ended, while latecomers are drawn', () => {
    const late = { leftMs: 0, random: 1 }
    expect(wait(BEHIND_4000, late)).toBe(12_000)
    expect(wait(BEHIND_4000, { ...late, late: null })).toBe(0)
    expect(wait(BEHIND_4000, { ...late, late: { directFrom: OPENS_AT } })).toBe(0)
    // In the lobby it does not matter how latecomers come.
    expect(wait(BEHIND_4000, { late: null, random: 1 })).toBe(12_000)
  })

  it('does not go by a snapshot of long ago', () => {
    expect(wait(BEHIND_4000, { agedMs: 30_000 })).toBe(6_000)
    expect(wait(BEHIND_4000, { agedMs: 30_001 })).toBe(0)
    expect(wait(BEHIND_4000, { agedMs: 3_600_000 })).toBe(0)
  })
})

describe('a queue', () => {
  it.each([
    [{ perSecond: 0, waiting: 0 }, false],
    // One diner every few seconds is none, though each is under way for a moment.
    [{ perSecond: 0.2, waiting: 1 }, false],
    [{ perSecond: 20, waiting: 100 }, false],
    [{ perSecond: 20, waiting: 101 }, true],
    [{ perSecond: 500, waiting: 150 }, false],
    [{ perSecond: 500, waiting: 151 }, true],
  ])('%o: %s', (load, is) => {
    expect(isQueue(load)).toBe(is)
  })
})

describe('the queue in a snapshot', () => {
  const load = { perSecond: 200, waiting: 600 }
  const describeIn = (changes: Partial<Parameters<typeof describeEntering>[0]>) =>
    describeEntering({
      ...{ state: 'LOBBY', orderBy: 'DRAW', late: DRAWN, load, enteredPerSecond: 0.2, ...changes },
    })

  it('is as long for each entry that the other processes take', () => {
    expect(describeIn({ enteredPerSecond: 200 })).toEqual({ perSecond: 200, ahead: 600 })
    expect(describeIn({ enteredPerSecond: 500 })).toEqual({ perSecond: 500, ahead: 1_500 })
    // The rows are read over five seconds, in which the crowd may have come only just now.
    expect(describeIn({ enteredPerSecond: 40 })).toEqual({ perSecond: 200, ahead: 600 })
    expect(describeIn({ load: { perSecond: 133.33, waiting: 600 } })?.perSecond).toBe(133.4)
  })

  it('is none without a measure of it', () => {
    expect(describeIn({ load: { perSecond: 0, waiting: 600 } })).toBeNull()
    expect(describeIn({ enteredPerSecond: 0 })).toBeNull()
    expect(describeIn({ load: { perSecond: 200, waiting: 60 } })).toBeNull()
  })

  it.each([
    ['a lobby', { state: 'LOBBY' }, true],
    ['a lobby whose latecomers are numbered', { state: 'LOBBY', late: null }, true],
    ['a draw', { state: 'DRAWING' }, true],
    ['latecomers', { state: 'OPEN' }, true],
    ['latecomers who are numbered', { state: 'OPEN', late: null }, false],
    ['latecomers who book at once', { state: 'OPEN', late: { directFrom: OPENS_AT } }, false],
    ['an order of arrival', { orderBy: 'ARRIVAL' }, false],
    ['an opening that is only announced', { state: 'ANNOUNCED' }, false],
    ['a sold-out one', { state: 'SOLD_OUT' }, false],
    ['one that is over', { state: 'OVER' }, false],
    ['a cancelled one', { state: 'CANCELLED' }, false],
  ] satisfies [string, Partial<Parameters<typeof describeEntering>[0]>, boolean][])(
    'is told only where it does not matter when one enters: %s',
    (_, changes, isTold) => {
      expect(describeIn(changes) !== null).toBe(isTold)
    },
  )
})
