import { z } from 'zod'
import { tidyLine, tidyText } from './rules'

/** Payloads are snapshots of what people typed; they are made harmless where they are read. */
const line = z.string().transform(tidyLine)
const text = z.string().transform(tidyText)
const instant = z.iso.datetime()

const timeZone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}, 'an IANA time zone')

/** What `queue_reservation_notice` writes into the outbox. */
export const reservationPayload = z.object({
  reservationId: z.uuid(),
  serviceDate: z.iso.date(),
  startsAt: instant,
  endsAt: instant,
  partySize: z.int().positive(),
  note: text.nullable(),
  sequence: z.int().nonnegative(),
  dinerName: line,
  restaurant: z.object({
    slug: z.string(),
    name: line,
    nameEn: line.nullable(),
    address: line,
    phone: line,
    timeZone,
  }),
})
export type ReservationPayload = z.infer<typeof reservationPayload>

/** Of a hold, or of one that ran out. */
export const heldPayload = reservationPayload.extend({
  /** By when it has, or had, to be confirmed. */
  holdExpiresAt: instant,
})

export const cancelledPayload = reservationPayload.extend({
  cancelledBy: z.enum(['DINER', 'OWNER', 'ADMIN']),
  /** In the words of whoever cancelled it. Null: none was given. */
  reason: text.nullable().default(null),
})

export type CancelledPayload = z.infer<typeof cancelledPayload>

/** That a guest could not be told something, for the restaurant's Slack; the address is masked. */
export const troublePayload = z.object({
  recipient: line,
  error: line.nullable(),
  restaurant: z.object({ slug: z.string(), name: line, nameEn: line.nullable() }),
})
export type TroublePayload = z.infer<typeof troublePayload>

/** What `queueDaySheets` writes into the outbox: the day as it stood that morning. */
export const daySheetPayload = z.object({
  serviceDate: z.iso.date(),
  restaurant: z.object({ slug: z.string(), name: line, nameEn: line.nullable(), timeZone }),
  /** In the order they come. Only the first so many are listed. */
  reservations: z.array(
    z.object({
      startsAt: instant,
      partySize: z.int().positive(),
      /** Null: who booked has deleted their account. */
      dinerName: line.nullable(),
      tableNumbers: z.array(z.int()),
      isHeld: z.boolean(),
      note: text.nullable(),
      allergies: text.nullable(),
    }),
  ),
  reservationCount: z.int().nonnegative(),
  guestCount: z.int().nonnegative(),
})
export type DaySheetPayload = z.infer<typeof daySheetPayload>

/** What an account's own mails say: to whom, and for which address. */
export const accountPayload = z.object({
  accountName: line,
  /** The address it is about; an address that changed names the new one. */
  email: line,
})

/** With a link to press; the mail carries its id under our seal, the row itself no secret. */
export const accountLinkPayload = accountPayload.extend({
  linkId: z.uuid(),
  /** By the database's clock. */
  expiresAt: instant,
})

/** Another way in was added; which one, so that its owner knows what to look at. */
export const loginConnectedPayload = accountPayload.extend({ provider: z.enum(['kakao', 'naver']) })

/** `reason` is the admin's, in their words. */
export const ownerRefusedPayload = accountPayload.extend({ reason: text })

export const staffInvitedPayload = z.object({
  invitationId: z.uuid(),
  expiresAt: instant,
  inviterName: line,
  role: z.enum(['OWNER', 'STAFF']),
  restaurant: z.object({ name: line, nameEn: line.nullable() }),
})

/** What `queue_ticket_notice` writes into the outbox. */
export const ticketPayload = z.object({
  ticketId: z.uuid(),
  number: z.int().positive(),
  /** Null: it is over. */
  place: z.int().positive().nullable(),
  partySize: z.int().positive(),
  /** False: its page is reached by a sealed link alone. */
  hasAccount: z.boolean(),
  /** With a last call: until when to come. */
  lapsesAt: instant.nullable(),
  cancelledBy: z.enum(['DINER', 'OWNER', 'ADMIN', 'SERVICE']).nullable(),
  /** In the restaurant's words. Null: none was given. */
  reason: text.nullable(),
  /** The wait that was told when it was taken. Null: none was. */
  quote: z.object({ fromMinutes: z.int(), toMinutes: z.int() }).nullable().default(null),
  restaurant: z.object({
    slug: z.string(),
    name: line,
    nameEn: line.nullable(),
    address: line,
    phone: line,
    timeZone,
  }),
})
export type TicketPayload = z.infer<typeof ticketPayload>
