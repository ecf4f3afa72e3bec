import { z } from 'zod'
import { serviceDate } from '@/domain/schedule/schema'

const instant = z.iso.datetime()

/**
 * Unknown keys are refused, so that no client can fill a shared cache with copies of a snapshot.
 */
export const boardQuery = z.strictObject({ date: serviceDate.optional() })

/** The public board of a service date: the same bytes for every reader, without personal data. */
export const board = z.object({
  restaurantId: z.uuid(),
  serviceDate: z.iso.date(),
  timeZone: z.string(),
  version: z.string(),
  /** When this was true, by the database's clock. */
  asOf: instant,
  /** Null: the date has no opening, or none ahead that still matters. */
  opensAt: instant.nullable(),
  /** Null: any diner may book. Otherwise booking needs a turn of this opening. */
  openingId: z.uuid().nullable(),
  state: z.enum(['OPEN', 'NOT_OPEN_YET', 'SOLD_OUT', 'BOOKINGS_OFF', 'CLOSED', 'PAST']),
  /** The server paces the polls: a client asks again after this long, plus jitter. */
  pollAfterMs: z.int(),
  /** The times that have not begun. */
  times: z.array(
    z.object({
      startsAt: instant,
      slots: z.array(
        z.object({
          slotId: z.uuid(),
          tableNumber: z.int(),
          minParty: z.int(),
          maxParty: z.int(),
          state: z.enum(['FREE', 'HELD', 'TAKEN', 'BLOCKED']),
          /** With HELD: a diner is confirming right now, and the slot can still be booked. */
          isSoftHeld: z.literal(true).optional(),
        }),
      ),
    }),
  ),
})

export type Board = z.infer<typeof board>
export type BoardState = Board['state']
export type BoardTime = Board['times'][number]
export type BoardSlot = BoardTime['slots'][number]
export type SlotState = BoardSlot['state']

/** The shape of a hint read from Redis; anything else is ignored. */
const partyRange = z.tuple([z.number(), z.number()])
export const soldOutHint = z.object({
  asOf: instant,
  times: z.array(
    z.object({ startsAt: instant, left: z.array(partyRange), gone: z.array(partyRange) }),
  ),
})
