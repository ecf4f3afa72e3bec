import type { z } from 'zod'
import { board } from '@/domain/availability/board.schema'
import { opening } from '@/domain/opening/schema'
import { learnPhoneClock, type PhoneClock } from '@/lib/db/clock-reading'
import { poll, type SharedState } from './shared-state'

/** A phone parses its snapshot; here it is parsed once for all phones that get the same bytes. */
function readOnce<T>(schema: z.ZodType<T>): (body: string) => T {
  let last: { body: string; read: T } | null = null
  return (body) => {
    if (last?.body !== body) last = { body, read: schema.parse(JSON.parse(body)) }
    return last.read
  }
}

const readOpening = readOnce(opening)
const readBoard = readOnce(board)
export type SeenOpening = z.infer<typeof opening>

/** What one phone knows of an opening; it asks again only for what has changed. */
export class OpeningWatch {
  readonly #shared: SharedState
  #etag = ''
  seen: SeenOpening | null = null
  #clock: PhoneClock | null = null
  #lookedAtMs = Number.NEGATIVE_INFINITY

  readonly #diner: number

  constructor({ shared, diner }: { shared: SharedState; diner: number }) {
    this.#shared = shared
    this.#diner = diner
  }

  /** Null when nothing came; the earlier snapshot is still known. */
  async look(): Promise<SeenOpening | null> {
    const path = `/api/v1/openings/${this.#shared.openingId}`
    const wire = this.seen ? 'polls' : 'looks'
    const asked = {
      shared: this.#shared,
      wire,
      diner: this.#diner,
      path,
      etag: this.#etag,
    } as const
    const askedAtMs = performance.now()
    this.#lookedAtMs = askedAtMs
    const { status, body, etag } = await poll(asked)
    const heardAtMs = performance.now()
    if (status === 200) {
      this.seen = readOpening(body)
      this.#etag = etag
      const reading = { toldMs: Date.parse(this.seen.asOf), askedAtMs, heardAtMs }
      this.#clock = learnPhoneClock({ known: this.#clock, reading })
    }
    return this.seen
  }

  /** As `look`, once the pace allows another. */
  lookAgain(): Promise<SeenOpening | null> | SeenOpening | null {
    const agoMs = performance.now() - this.#lookedAtMs
    return agoMs < (this.seen?.pollAfterMs ?? 0) ? this.seen : this.look()
  }

  /**
   * The database's clock as a process may know it that knows it later: what has come by it, has
   * come.
   */
  databaseNowMs(): number {
    if (!this.#clock) return Number.NEGATIVE_INFINITY
    const { offsetMs, uncertaintyMs } = this.#clock
    return performance.now() + offsetMs - uncertaintyMs
  }
}

/** The times at which a party finds a free table, as the board shows it; null without a board. */
export async function findFreeTimes({
  shared,
  diner,
  partySize,
}: {
  shared: SharedState
  diner: number
  partySize: number
}): Promise<string[] | null> {
  const { restaurantId, serviceDate } = shared
  const path = `/api/v1/restaurants/${restaurantId}/board?date=${serviceDate}`
  const { status, body } = await poll({ shared, wire: 'looks', diner, path })
  if (status !== 200) return null
  return readBoard(body).times.flatMap(({ startsAt, slots }) => {
    const fits = slots.some(
      ({ state, minParty, maxParty }) =>
        state === 'FREE' && minParty <= partySize && partySize <= maxParty,
    )
    return fits ? [startsAt] : []
  })
}
