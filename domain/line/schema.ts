import { z } from 'zod'
import { namedSlots, staffIntent, tablesNow } from '@/domain/booking/schema'
import { email, personName, phone } from '@/domain/identity/schema'
import { restaurantIdOrSlug } from '@/domain/restaurant/schema'
import { typedLine } from '@/lib/text/field'
import { ticketStatuses } from './types'

const partySize = z.int().min(1).max(100)
const number = z.int().min(1).max(2_147_483_647)

/** One line of text that others read; empty is the same as none. */
export const reasonText = (most: number) =>
  typedLine({ most }).transform((text) => text || undefined)

const contact = z.strictObject({
  /** Of a guest who agrees to be remembered. */
  name: personName.optional(),
  phone: phone.optional().transform((given) => given ?? undefined),
  email: email.optional(),
})

export const ticketRequest = z
  .strictObject({
    partySize,
    dining: z.enum(['IN_STORE', 'TAKEOUT']),
    channel: z.enum(['ONLINE', 'KIOSK']),
    /** For a guest without an account; a ticket taken at home reaches its account. */
    contact: contact.optional(),
    /**
     * The guest agrees that the restaurant keeps the contact in its guest book. Absent: they don't, and the
     * contact makes no guest.
     */
    remember: z.boolean().optional(),
  })
  .refine(({ channel, contact: given }) => channel === 'KIOSK' || given === undefined, {
    path: ['contact'],
    message: 'only at the door',
  })
  .refine(({ contact: given, remember }) => !remember || given?.phone || given?.email, {
    path: ['remember'],
    message: 'only with a phone or an email',
  })
  .refine(({ contact: given, remember }) => (given?.name !== undefined) === (remember ?? false), {
    path: ['contact', 'name'],
    message: 'of a guest to remember',
  })
export type TicketRequest = z.infer<typeof ticketRequest>

export const postponeRequest = z.strictObject({ behindNumber: number })

/** What a staff act on a ticket may say besides. */
export const staffActRequest = staffIntent

export const cancelRequest = staffIntent.extend({
  /** The restaurant's reason in its own words; the diner reads it. */
  reason: reasonText(200).optional(),
})

export const seatRequest = staffIntent
  .extend({
    /** Seatings of the plan. Empty with `tableNumbers`, when the restaurant has no slots, or the party takes its food away. */
    slotIds: namedSlots.default([]),
    ...tablesNow,
  })
  .refine(({ slotIds, tableNumbers }) => slotIds.length === 0 || tableNumbers === undefined, {
    path: ['tableNumbers'],
    message: 'slotIds or tableNumbers',
  })
  .refine(({ tableNumbers, minutes }) => tableNumbers !== undefined || minutes === undefined, {
    path: ['minutes'],
    message: 'of tableNumbers only',
  })

/** The restaurant whose line a URL names. */
export const lineHolder = z.object({ id: restaurantIdOrSlug })

/** The act to undo, on a ticket or a reservation. */
export const undoRequest = z.strictObject({ actId: z.uuid() })

const instant = z.iso.datetime()
const status = z.enum(ticketStatuses)
const quote = z.object({ fromMinutes: z.int(), toMinutes: z.int() })
export const lineState = z.enum(['OPEN', 'PAUSED', 'CLOSED'])

/** The answer to joining. */
export const takenTicket = z.object({
  id: z.uuid(),
  number,
  /** Null: the ticket is over. */
  place: z.int().nullable(),
  status,
  serviceDate: z.iso.date(),
  partySize: z.int(),
  /** Null: there is not enough history. */
  quote: quote.nullable(),
  /** For a ticket without an account: the token in its page's URL, and the only way to reach it. */
  token: z.string().optional(),
})

export type TakenTicket = z.infer<typeof takenTicket>

/** The result of an act on a ticket. */
export const movedTicket = z.object({
  id: z.uuid(),
  number,
  status,
  actId: z.uuid(),
  /** By the database's clock; afterwards the act can't be undone. Null: it never can. */
  undoUntil: instant.nullable(),
})
export type MovedTicket = z.infer<typeof movedTicket>

/** The result of forgetting how a guest could be reached: where their ticket stands now. */
export const forgottenContact = z.object({ id: z.uuid(), number, status })
export type ForgottenContact = z.infer<typeof forgottenContact>

/** A guest is remembered no longer by the restaurant of their ticket. */
export const forgottenGuest = z.object({ id: z.uuid(), isRemembered: z.literal(false) })
export type ForgottenGuest = z.infer<typeof forgottenGuest>

/** A ticket as its own party sees it. */
export const ticketView = z.object({
  id: z.uuid(),
  number,
  /** Null: the ticket is over. */
  place: z.int().nullable(),
  status,
  serviceDate: z.iso.date(),
  partySize: z.int(),
  dining: z.enum(['IN_STORE', 'TAKEOUT']),
  channel: z.enum(['ONLINE', 'KIOSK']),
  postponements: z.int(),
  takenAt: instant,
  calledAt: instant.nullable(),
  /** After a last call: the deadline to come. */
  lapsesAt: instant.nullable(),
  endedAt: instant.nullable(),
  cancelledBy: z.enum(['DINER', 'OWNER', 'ADMIN', 'SERVICE']).nullable(),
  cancelReason: z.string().nullable(),
  /** A guest without an account left a number or an address, or follows it with a phone. */
  hasContact: z.boolean(),
  /** When that was forgotten. Null: it was not, or there is none. */
  contactForgottenAt: instant.nullable(),
  /** The restaurant keeps the contact in its guest book, as the guest agreed with this ticket. */
  isRemembered: z.boolean(),
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

/** The public line of today: the same bytes for every reader, without personal data. */
export const lineSnapshot = z.object({
  restaurantId: z.uuid(),
  serviceDate: z.iso.date(),
  timeZone: z.string(),
  state: lineState,
  /** Why it is paused or closed, in the owner's words. Null: no reason given. */
  reason: z.string().nullable(),
  /** The line is at its limit: no party can join until one leaves. */
  isFull: z.boolean(),
  /** False: outside the hours in which the line takes parties; those in line keep their places. */
  isInHours: z.boolean(),
  /** When it next takes parties. Null: it does now, or that is not known. */
  opensAt: instant.nullable(),
  waiting: z.int(),
  /** The number seated last. Null: none yet. */
  serving: z.int().nullable(),
  /** In line order: a phone finds its place by its number. */
  tickets: z.array(z.object({ number: z.int(), partySize: z.int(), status })),
  /** The wait of a party of two that joins now. Null: there is not enough history. */
  quote: quote.nullable(),
  /** The same for each party size: up to `maxParty` people, or any number (null). */
  quotes: z.array(z.object({ maxParty: z.int().nullable(), quote: quote.nullable() })),
  /**
   * Of the ranges quoted in the last 30 days whose outcome is known, how many held. Null: there are
   * none.
   */
  record: z.object({ told: z.int(), held: z.int() }).nullable(),
  version: z.string(),
  asOf: instant,
  pollAfterMs: z.int(),
})
export type LineSnapshot = z.infer<typeof lineSnapshot>
