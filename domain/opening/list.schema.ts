import { z } from 'zod'
import { cursorField, wordField } from '@/domain/identity/admin.schema'
import { opening } from './schema'

/** An opening in a list: what is public of it from its announcement on. */
export const openingLine = opening
  .pick({
    id: true,
    restaurantId: true,
    serviceDate: true,
    state: true,
    lobbyOpensAt: true,
    opensAt: true,
    gateUntil: true,
    orderBy: true,
    commitment: true,
  })
  .extend({
    turnsPerSecond: z.number().positive(),
    /** Null: there is none; the operator could have known the order. */
    beaconName: opening.shape.beacon.shape.name,
    /** Null: it stands. */
    cancelledFor: z.string().nullable(),
  })

export const openingListQuery = z.strictObject({
  /** `coming`: not over yet, the next first. `past`: over or cancelled, the latest first. */
  show: z.enum(['coming', 'past']).default('coming'),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

/** One page of a restaurant's openings. */
export const openingPage = z.object({
  items: z.array(openingLine),
  nextCursor: z.string().nullable(),
})

/** What the address of an admin's list asks for. */
export const anyOpeningQuery = z.object({
  restaurant: wordField,
  show: z.enum(['coming', 'past']).catch('coming').default('coming'),
  cursor: cursorField,
})

export type OpeningLine = z.infer<typeof openingLine>
export type OpeningListQuery = z.infer<typeof openingListQuery>
export type AnyOpeningQuery = z.infer<typeof anyOpeningQuery>

export type RateChange = {
  at: string
  /** Null: the service itself, for a recurring opening. */
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
