import { type ClockReading, learnPhoneClock, type PhoneClock } from '@/lib/db/clock-reading'
import { readSteadyMs } from './steady-clock'

/**
 * The database's clock as this page knows it: learned from each answer that tells the time, and
 * carried on by a steady clock, so that setting the device's changes nothing.
 */
export class ServerClock {
  #known: PhoneClock | null = null
  readonly #watchers = new Set<() => void>()
  readonly #readSteadyMs: () => number

  constructor(readSteady: () => number) {
    this.#readSteadyMs = readSteady
  }

  learn(reading: ClockReading): void {
    if (Number.isNaN(reading.toldMs)) return
    const before = this.#known
    this.#known = learnPhoneClock({ known: before, reading })
    if (this.#known !== before) for (const tell of this.#watchers) tell()
  }

  /** Milliseconds since 1970, never ahead of the database's. Null: nobody has told the time yet. */
  readMs(): number | null {
    return this.#known && this.#readSteadyMs() + this.#known.offsetMs
  }

  /** The same as the last process of the server may know it: what has come by it has come for all. */
  readLatestMs(): number | null {
    return this.#known && this.#readSteadyMs() + this.#known.offsetMs - this.#known.uncertaintyMs
  }

  /** Tells of each better reading; returns how to stop. */
  watch(tell: () => void): () => void {
    this.#watchers.add(tell)
    return () => this.#watchers.delete(tell)
  }
}

/** There is one database, so a page has one clock of it, whoever of its parts was told the time. */
export const serverClock = new ServerClock(readSteadyMs)
