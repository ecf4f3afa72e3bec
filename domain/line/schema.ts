import { z } from 'zod'
import { email, phone } from '@/domain/identity/schema'
import { restaurantIdOrSlug } from '@/domain/restaurant/schema'
import { ticketStatuses } from './types'

const partySize = z.int().min(1).max(100)
const number = z.int().min(1).max(2_147_483_647)

/** One line, as others read it; empty is the same as none. */
export const reasonText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\p{Cc}]*$/u)
    .transform((text) => text || undefined)

const contact = z.strictObject({
  phone: phone.optional().transform((given) => given ?? undefined),
  email: email.optional(),
})

export const ticketRequest = z
  .strictObject({
    partySize,
    dining: z.enum(['IN_STORE', 'TAKEOUT']),
    channel: z.enum(['ONLINE', 'KIOSK']),
    /** Of whoever has no account; a ticket from home reaches its account. */
    contact: contact.optional(),
  })
  .refine(({ channel, contact: given }) => channel === 'KIOSK' || given === undefined, {
    path: ['contact'],
    message: 'only at the door',
  })
export type TicketRequest = z.infer<typeof ticketRequest>

export const postponeRequest = z.strictObject({ behindNumber: number })

export const cancelRequest = z.strictObject({
  /** The restaurant's, in its own words; the diner reads it. */
  reason: reasonText(200).optional(),
})

export const seatRequest = z.strictObject({
  /** Empty where the restaurant has no slots, or the party takes its food along. */
  slotIds: z
    .array(z.uuid())
    .max(20)
    .refine((ids) => new Set(ids).size === ids.length, 'each slot once')
    .default([]),
})

/** Whose line an address names. */
export const lineHolder = z.object({ id: restaurantIdOrSlug })

/** The act to take back, of whatever it was. */
export const undoRequest = z.strictObject({ actId: z.uuid() })

const instant = z.iso.datetime()
const status = z.enum(ticketStatuses)
const quote = z.object({ fromMinutes: z.int(), toMinutes: z.int() })
export const lineState = z.enum(['OPEN', 'PAUSED', 'CLOSED'])

export const takenTicket = z.object({
  id: z.uuid(),
  number,
  place: z.int().nullable(),
  status,
  serviceDate: z.iso.date(),
  partySize: z.int(),
  quote: quote.nullable(),
  /** Of a ticket without an account: what its page is called, and the only way to it. */
  token: z.string().optional(),
})

export const movedTicket = z.object({
  id: z.uuid(),
  number,
  status,
  actId: z.uuid(),
  undoUntil: instant.nullable(),
})

/** A ticket as its own party follows it. */
export const ticketView = z.object({
  id: z.uuid(),
  number,
  /** Null: it is over. */
  place: z.int().nullable(),
  status,
  serviceDate: z.iso.date(),
  partySize: z.int(),
  dining: z.enum(['IN_STORE', 'TAKEOUT']),
  channel: z.enum(['ONLINE', 'KIOSK']),
  postponements: z.int(),
  takenAt: instant,
  calledAt: instant.nullable(),
  /** With a last call: until when to come. */
  lapsesAt: instant.nullable(),
  endedAt: instant.nullable(),
  cancelledBy: z.enum(['DINER', 'OWNER', 'ADMIN', 'SERVICE']).nullable(),
  cancelReason: z.string().nullable(),
  quote: quote.nullable(),
  /** By the database's clock. */
  now: instant,
  restaurant: z.object({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    nameEn: z.string().nullable(),
    address: z.string(),
    phone: z.string(),
    timeZone: z.string(),
  }),
})
export type TicketView = z.infer<typeof ticketView>

/** The public line of today: the same bytes for everybody, nothing personal in it. */
export const lineSnapshot = z.object({
  restaurantId: z.uuid(),
  serviceDate: z.iso.date(),
  timeZone: z.string(),
  state: lineState,
  /** Why it is paused or closed, in the owner's words. Null: nothing is said. */
  reason: z.string().nullable(),
  /** As many wait as may: nobody joins until somebody leaves. */
  isFull: z.boolean(),
  waiting: z.int(),
  /** The number that was seated last. Null: nobody yet. */
  serving: z.int().nullable(),
  /** In their order: a phone finds its place by its number. */
  tickets: z.array(z.object({ number: z.int(), partySize: z.int(), status })),
  /** The wait of a party of two that joins now. Null: there is no history to tell from. */
  quote: quote.nullable(),
  /** The same by size of party: each up to so many people, the last (null) any number. */
  quotes: z.array(z.object({ maxParty: z.int().nullable(), quote: quote.nullable() })),
  /** Of the ranges told in the last 30 days whose outcome is known, how many held. Null: none was. */
  record: z.object({ told: z.int(), held: z.int() }).nullable(),
  version: z.string(),
  asOf: instant,
  pollAfterMs: z.int(),
})
export type LineSnapshot = z.infer<typeof lineSnapshot>
