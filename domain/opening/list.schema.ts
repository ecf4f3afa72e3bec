import { z } from 'zod'
import { cursorField, wordField } from '@/domain/identity/admin.schema'
import { opening } from './schema'

/** An opening in a list: everything that is public from its announcement on. */
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
    /** Null: there is no beacon, so the operator could have known the order. */
    beaconName: opening.shape.beacon.shape.name,
    /** Null: the opening has not been cancelled. */
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

/** The URL parameters of the admins' list. */
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
  /** Null: the service itself announced it, for a recurring opening. */
  by: string | null
  turnsPerSecond: number
}

/** An opening as the restaurant's own staff see it. Instants are ISO 8601, UTC. */
export type OwnOpening = OpeningLine & {
  /** Entries in the lobby, also after the instant. */
  waiting: number
  /** Entries made after the instant. */
  late: number
  slots: number
  taken: number
  /** The order is fixed and can be checked. */
  isDrawn: boolean
  /** The date has since become a closed day. */
  isClosed: boolean
  /** Oldest first; the first one is the announced rate. */
  rates: RateChange[]
}

/** The same for admins, across all restaurants. */
export type AnyOpening = OpeningLine & {
  waiting: number
  slug: string
  name: string
  nameEn: string | null
  timeZone: string
}
