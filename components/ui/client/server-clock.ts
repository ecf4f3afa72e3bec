import { type ClockReading, learnPhoneClock, type PhoneClock } from '@/lib/db/clock-reading'
import { readSteadyMs } from './steady-clock'

/**
 * The database's clock as this page knows it: set by each answer that carries the time, and carried
 * on by a steady clock, so that changing the device's clock has no effect.
 */
export class ServerClock {
  #known: PhoneClock | null = null
  #isAssumed = false
  readonly #watchers = new Set<() => void>()
  readonly #readSteadyMs: () => number

  constructor(readSteady: () => number) {
    this.#readSteadyMs = readSteady
  }

  learn(reading: ClockReading): void {
    if (Number.isNaN(reading.toldMs)) return
    const before = this.#known
    const known = this.#isAssumed ? null : before
    this.#isAssumed = false
    this.#known = learnPhoneClock({ known, reading })
    if (this.#known !== before) for (const tell of this.#watchers) tell()
  }

  /**
   * Goes on from a time that no answer has told, until one does: however far off, it is not kept
   * against what the service says.
   */
  assume(nowMs: number): void {
    this.#known = { offsetMs: nowMs - this.#readSteadyMs(), uncertaintyMs: 0 }
    this.#isAssumed = true
    for (const tell of this.#watchers) tell()
  }

  /**
   * Milliseconds since 1970, never ahead of the database's. Null: no answer has carried the time
   * yet.
   */
  readMs(): number | null {
    return this.#known && this.#readSteadyMs() + this.#known.offsetMs
  }

  /**
   * The same for the server process that is furthest behind: an instant it has reached, all have.
   */
  readLatestMs(): number | null {
    return this.#known && this.#readSteadyMs() + this.#known.offsetMs - this.#known.uncertaintyMs
  }

  /** Calls `tell` on each better reading; returns a function that stops it. */
  watch(tell: () => void): () => void {
    this.#watchers.add(tell)
    return () => this.#watchers.delete(tell)
  }
}

/** There is one database, so a page has one clock for it, shared by all its parts. */
export const serverClock = new ServerClock(readSteadyMs)
