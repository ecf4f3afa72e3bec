import { z } from 'zod'
import { serviceDate } from '@/domain/schedule/schema'

const instant = z.iso.datetime()

/** Unknown keys are refused, so that nobody can make copies of a snapshot in a shared cache. */
export const boardQuery = z.strictObject({ date: serviceDate.optional() })

export const board = z.object({
  restaurantId: z.uuid(),
  serviceDate: z.iso.date(),
  timeZone: z.string(),
  version: z.string(),
  asOf: instant,
  opensAt: instant.nullable(),
  /** Null: whoever comes may book. Otherwise booking needs a turn of this opening. */
  openingId: z.uuid().nullable(),
  state: z.enum(['OPEN', 'NOT_OPEN_YET', 'SOLD_OUT', 'BOOKINGS_OFF', 'CLOSED', 'PAST']),
  pollAfterMs: z.int(),
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
          /** With HELD: somebody is just confirming; it can still be booked. */
          isSoftHeld: z.literal(true).optional(),
        }),
      ),
    }),
  ),
})

/** What may be read out of Redis as a hint; anything else is no hint. */
const partyRange = z.tuple([z.number(), z.number()])
export const soldOutHint = z.object({
  asOf: instant,
  times: z.array(
    z.object({ startsAt: instant, left: z.array(partyRange), gone: z.array(partyRange) }),
  ),
})

export type SlotState = 'FREE' | 'HELD' | 'TAKEN' | 'BLOCKED'
export type BoardState = 'OPEN' | 'NOT_OPEN_YET' | 'SOLD_OUT' | 'BOOKINGS_OFF' | 'CLOSED' | 'PAST'

export type BoardSlot = {
  slotId: string
  tableNumber: number
  minParty: number
  maxParty: number
  state: SlotState
  /** Held only softly: somebody is confirming, and whoever books first has it. */
  isSoftHeld?: true
}
export type BoardTime = { startsAt: string; slots: BoardSlot[] }

/** The public board of a service date: the same bytes for everybody, nothing personal in it. */
export type Board = {
  restaurantId: string
  serviceDate: string
  timeZone: string
  version: string
  /** When this was true, by the database's clock. */
  asOf: string
  /** Null: it has no opening, or none that is still to come matters. */
  opensAt: string | null
  /** Null: whoever comes may book. Otherwise booking needs a turn of this opening. */
  openingId: string | null
  state: BoardState
  /** The server paces the crowd: ask again after this long, plus jitter. */
  pollAfterMs: number
  /** Times still to come. */
  times: BoardTime[]
}
