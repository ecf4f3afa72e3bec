import { describe, expect, it } from 'vitest'
import { learnPhoneClock, learnServerClock } from './clock-reading'

/** How far the database's clock is ahead of the reader's steady clock. */
const AHEAD_MS = 1_000_000

/** A reading taken `outMs` after the request, and received `backMs` after that. */
function read({ askedAtMs, outMs, backMs }: { askedAtMs: number; outMs: number; backMs: number }) {
  const readAtMs = askedAtMs + outMs
  const toldMs = Math.floor(readAtMs + AHEAD_MS)
  return { toldMs, askedAtMs, heardAtMs: readAtMs + backMs }
}

describe('a phone', () => {
  it('G14: does not think a turn has come while a process with a later reading still refuses it', () => {
    // All delay is on the way out: the phone knows the clock exactly, the process is 40 ms behind.
    const reading = read({ askedAtMs: 0, outMs: 100, backMs: 0 })
    const { offsetMs, uncertaintyMs } = learnPhoneClock({ known: null, reading })
    const processOffsetMs = AHEAD_MS - 40
    const turnMs = AHEAD_MS + 5_000
    const phoneAsksAtMs = turnMs + uncertaintyMs - offsetMs
    expect(phoneAsksAtMs + processOffsetMs).toBeGreaterThanOrEqual(turnMs)
  })

  it('keeps the reading that came back quickest, however late a cache delivers the next', () => {
    const quick = read({ askedAtMs: 0, outMs: 4, backMs: 6 })
    const kept = read({ askedAtMs: 1_000, outMs: 2, backMs: 900 })
    const known = learnPhoneClock({ known: null, reading: quick })
    expect(known).toEqual({ offsetMs: AHEAD_MS - 6, uncertaintyMs: 6 })
    expect(learnPhoneClock({ known, reading: kept })).toEqual(known)
  })
})

describe('a process of the server', () => {
  const learn = (readings: ReturnType<typeof read>[]) =>
    readings.reduce<ReturnType<typeof learnServerClock> | null>(
      (known, reading) => learnServerClock({ known, reading }),
      null,
    )

  it('is not set back by an answer that arrives late', () => {
    const quick = read({ askedAtMs: 0, outMs: 1, backMs: 1 })
    const late = read({ askedAtMs: 1_000, outMs: 1, backMs: 90 })
    const { offsetMs } = learn([quick, late]) ?? { offsetMs: 0 }
    expect(offsetMs).toBeLessThan(AHEAD_MS)
    expect(offsetMs).toBeGreaterThan(AHEAD_MS - 3)
  })

  it('G14: is never ahead of the database, even after its clock is set back or a failover', () => {
    const before = read({ askedAtMs: 0, outMs: 1, backMs: 1 })
    const after = read({ askedAtMs: 1_000, outMs: 1, backMs: 1 })
    const back = { ...after, toldMs: after.toldMs - 250 }
    expect(learn([before, back])?.offsetMs).toBeLessThanOrEqual(AHEAD_MS - 250)
  })

  it('G14: trusts an old reading less with every second that two clocks may drift apart', () => {
    const first = read({ askedAtMs: 0, outMs: 0, backMs: 0 })
    const late = read({ askedAtMs: 20_000, outMs: 0, backMs: 500 })
    expect(learn([first, late])?.offsetMs).toBeLessThanOrEqual(AHEAD_MS - 20)
  })
})
