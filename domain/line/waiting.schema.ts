import { z } from 'zod'
import { guestMarks } from '@/domain/guest/entry.schema'
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
  /** Null: taken at the door, or the diner has deleted their account. */
  name: z.string().nullable(),
  /** Its person in the guest book, by account or by the number they left. Null: nobody has written them down. */
  entry: guestMarks.nullable(),
  /** The last four digits. Null: the party gave none. */
  phoneEnd: z.string().nullable(),
  /** False: no notice reaches this party, so staff have to call out. */
  canBeTold: z.boolean(),
  postponements: z.int(),
  takenAt: instant,
  calledAt: instant.nullable(),
  /** After a last call: the deadline to come. */
  lapsesAt: instant.nullable(),
  quote: z.object({ fromMinutes: z.int(), toMinutes: z.int() }).nullable(),
})

/** Today's line as its staff run it: parties in line in order, then lapsed ones. */
export const waiting = z.object({
  restaurantId: z.uuid(),
  serviceDate: z.iso.date(),
  asOf: instant,
  pollAfterMs: z.int(),
  state: lineState,
  /** The reason diners read while it is paused or closed. */
  reason: z.string().nullable(),
  /** Null: any number may wait. */
  longest: z.int().nullable(),
  /** How long before the restaurant's hours the line begins to take parties. */
  opensBeforeMinutes: z.int(),
  /** False: outside the hours in which the line takes parties. */
  isInHours: z.boolean(),
  /** When it next takes parties. Null: it does now, or that is not known. */
  opensAt: instant.nullable(),
  /** The wait of a party of two that joins now. Null: there is not enough history. */
  quote: z.object({ fromMinutes: z.int(), toMinutes: z.int() }).nullable(),
  /**
   * Of the ranges quoted in the last 30 days whose outcome is known, how many held. Null: there are
   * none.
   */
  record: z.object({ told: z.int(), held: z.int() }).nullable(),
  tickets: z.array(waitingTicket),
})
