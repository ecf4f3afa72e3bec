import type { z } from 'zod'
import { board } from '@/domain/availability/board.schema'
import { opening } from '@/domain/opening/schema'
import { poll, type Street } from './street'

/** A phone trusts what it is sent; here its shape is checked once for all phones that get the same bytes. */
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

/** What one phone knows of an opening, asked for again only as far as it changed. */
export class OpeningWatch {
  readonly #street: Street
  #etag = ''
  seen: SeenOpening | null = null
  /** How far the database's clock is ahead of this phone's: never too far, an answer is late by its way. */
  #aheadMs = Number.NEGATIVE_INFINITY

  readonly #diner: number

  constructor({ street, diner }: { street: Street; diner: number }) {
    this.#street = street
    this.#diner = diner
  }

  /** Null when nothing came; what was seen before is still known. */
  async look(): Promise<SeenOpening | null> {
    const path = `/api/v1/openings/${this.#street.openingId}`
    const asked = { street: this.#street, diner: this.#diner, path, etag: this.#etag }
    const { status, body, etag } = await poll(asked)
    if (status === 200) {
      this.seen = readOpening(body)
      this.#etag = etag
      const aheadMs = Date.parse(this.seen.asOf) - performance.now()
      this.#aheadMs = Math.max(this.#aheadMs, aheadMs)
    }
    return this.seen
  }

  databaseNowMs(): number {
    return performance.now() + this.#aheadMs
  }
}

/** The times at which a party finds a free table, as the board shows it; null when there is no board. */
export async function findFreeTimes({
  street,
  diner,
  partySize,
}: {
  street: Street
  diner: number
  partySize: number
}): Promise<string[] | null> {
  const { restaurantId, serviceDate } = street
  const path = `/api/v1/restaurants/${restaurantId}/board?date=${serviceDate}`
  const { status, body } = await poll({ street, diner, path })
  if (status !== 200) return null
  return readBoard(body).times.flatMap(({ startsAt, slots }) => {
    const fits = slots.some(
      ({ state, minParty, maxParty }) =>
        state === 'FREE' && minParty <= partySize && partySize <= maxParty,
    )
    return fits ? [startsAt] : []
  })
}
