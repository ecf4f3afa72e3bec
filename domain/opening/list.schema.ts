import { z } from 'zod'
import { cursorField, wordField } from '@/domain/identity/admin.schema'
import { opening } from './schema'

/** An opening in a list: what is public of it from its announcement on. */
export const openingLine = opening
  .pick({
    ...{ id: true, restaurantId: true, serviceDate: true, state: true, lobbyOpensAt: true },
    ...{ opensAt: true, gateUntil: true, orderBy: true, commitment: true },
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
