import type { z } from 'zod'
import type { anyOpeningQuery, openingLine, openingListQuery } from './list.schema'

export type OpeningLine = z.infer<typeof openingLine>
export type OpeningListQuery = z.infer<typeof openingListQuery>
export type AnyOpeningQuery = z.infer<typeof anyOpeningQuery>

export type RateChange = {
  at: string
  /** Null: the service itself, for a repeating opening. */
  by: string | null
  turnsPerSecond: number
}

/** An opening as those who run the restaurant see it. Instants are ISO 8601, UTC. */
export type OwnOpening = OpeningLine & {
  /** In the lobby; after the instant, how many were. */
  waiting: number
  /** Who came after the instant. */
  late: number
  slots: number
  taken: number
  /** The order is fixed and can be checked. */
  isDrawn: boolean
  /** The date is a day off by now. */
  isClosed: boolean
  /** The oldest first; the first is the announcement. */
  rates: RateChange[]
}

/** The same for an admin, who sees all restaurants. */
export type AnyOpening = OpeningLine & {
  waiting: number
  slug: string
  name: string
  nameEn: string | null
  timeZone: string
}
