import { describe, expect, it, vi } from 'vitest'
import { ServerClock } from './server-clock'
import { readSteadyMs } from './steady-clock'

const AT_MS = Date.parse('2026-12-04T01:00:00.000Z')

/** A server clock, and the steady clock that carries it on. */
function startClock() {
  const steady = { nowMs: 0 }
  return { clock: new ServerClock(() => steady.nowMs), steady }
}

describe('the server’s clock on a page', () => {
  it('is unknown before an answer carries the time', () => {
    const { clock } = startClock()
    expect([clock.readMs(), clock.readLatestMs()]).toEqual([null, null])
    clock.learn({ toldMs: Number.NaN, askedAtMs: 0, heardAtMs: 0 })
    expect(clock.readMs()).toBeNull()
  })

  it('runs on by the steady clock between answers', () => {
    const { clock, steady } = startClock()
    clock.learn({ toldMs: AT_MS, askedAtMs: 0, heardAtMs: 40 })
    steady.nowMs = 60_040
    expect(clock.readMs()).toBe(AT_MS + 60_000)
  })

  it.each([-12, -1, 1, 48])('is not moved by a device clock set by %i hours', (hours) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const clock = new ServerClock(readSteadyMs)
    const heardAtMs = readSteadyMs()
    clock.learn({ toldMs: AT_MS, askedAtMs: heardAtMs, heardAtMs })
    vi.setSystemTime(Date.now() + hours * 3_600_000)
    expect(clock.readMs()).toBeLessThan(AT_MS + 60_000)
    expect(clock.readMs()).toBeGreaterThanOrEqual(AT_MS)
    vi.useRealTimers()
  })

  it('G14: lets half the round trip pass before an instant counts as reached for every process', () => {
    const { clock, steady } = startClock()
    clock.learn({ toldMs: AT_MS, askedAtMs: 0, heardAtMs: 40 })
    steady.nowMs = 40
    expect(clock.readLatestMs()).toBeLessThanOrEqual(AT_MS - 20)
  })

  it('keeps its best reading despite older answers, and follows a better one', () => {
    const { clock, steady } = startClock()
    const told: (number | null)[] = []
    clock.watch(() => told.push(clock.readMs()))
    clock.learn({ toldMs: AT_MS, askedAtMs: 0, heardAtMs: 100 })
    clock.learn({ toldMs: AT_MS - 60_000, askedAtMs: 100, heardAtMs: 200 })
    clock.learn({ toldMs: AT_MS + 250, askedAtMs: 200, heardAtMs: 300 })
    steady.nowMs = 300
    expect(clock.readMs()).toBe(AT_MS + 250)
    expect(told).toHaveLength(2)
  })

  it('goes on from an assumed time until an answer tells the right one, however far ahead it was', () => {
    const { clock, steady } = startClock()
    clock.learn({ toldMs: AT_MS - 3_600_000, askedAtMs: 0, heardAtMs: 10 })
    steady.nowMs = 10
    clock.assume(AT_MS)
    steady.nowMs = 1_010
    expect(clock.readMs()).toBe(AT_MS + 1_000)
    clock.learn({ toldMs: AT_MS - 600_000, askedAtMs: 1_000, heardAtMs: 1_010 })
    expect(clock.readMs()).toBe(AT_MS - 600_000)
  })

  it('catches up after a sleep in which the steady clock stood still', () => {
    const { clock, steady } = startClock()
    clock.learn({ toldMs: AT_MS, askedAtMs: 0, heardAtMs: 10 })
    steady.nowMs = 1_000
    clock.learn({ toldMs: AT_MS + 3_600_000, askedAtMs: 990, heardAtMs: 1_000 })
    expect(clock.readMs()).toBe(AT_MS + 3_600_000)
  })
})
