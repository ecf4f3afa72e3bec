import { z } from 'zod'
import { lineState } from './schema'
import { ticketStatuses } from './types'

const instant = z.iso.datetime()

/** A party in line, as the staff of its restaurant see it. */
export const waitingTicket = z.object({
  id: z.uuid(),
  number: z.int(),
  /** Null: it has lapsed. */
  place: z.int().nullable(),
  status: z.enum(ticketStatuses),
  partySize: z.int(),
  dining: z.enum(['IN_STORE', 'TAKEOUT']),
  channel: z.enum(['ONLINE', 'KIOSK']),
  /** Null: taken at the door, or by somebody who has deleted their account. */
  name: z.string().nullable(),
  /** The last four digits. Null: nobody told us. */
  phoneEnd: z.string().nullable(),
  /** False: nothing that happens reaches this party by itself; somebody has to call out. */
  canBeTold: z.boolean(),
  postponements: z.int(),
  takenAt: instant,
  calledAt: instant.nullable(),
  /** With a last call: until when they may come. */
  lapsesAt: instant.nullable(),
  quote: z.object({ fromMinutes: z.int(), toMinutes: z.int() }).nullable(),
})

/** Today's line as its staff run it: whoever stands in it in order, then whoever has lapsed. */
export const waiting = z.object({
  restaurantId: z.uuid(),
  serviceDate: z.iso.date(),
  asOf: instant,
  pollAfterMs: z.int(),
  state: lineState,
  /** What diners read while it is paused or closed. */
  reason: z.string().nullable(),
  /** Null: any number may wait. */
  longest: z.int().nullable(),
  /** The wait of a party of two that joins now. Null: there is no history to tell from. */
  quote: z.object({ fromMinutes: z.int(), toMinutes: z.int() }).nullable(),
  /**
   * Of the ranges told in the last 30 days whose outcome is known, how many held. Null: none was.
   */
  record: z.object({ told: z.int(), held: z.int() }).nullable(),
  tickets: z.array(waitingTicket),
})
