import { z } from 'zod'
import { isTimeZone } from '@/lib/i18n/moment'
import { tidyLine, tidyText } from '@/lib/text/typed'
import { usualReasons } from './usual-reason.types'

/**
 * Payloads hold what was promised, with the names and contact facts of the latest attempt. User
 * input is sanitised where it is read.
 */
const line = z.string().transform(tidyLine)
const text = z.string().transform(tidyText)
const instant = z.iso.datetime()

const timeZone = z.string().refine(isTimeZone, 'an IANA time zone')

/** The payload that `queue_reservation_notice` writes to the outbox. */
export const reservationPayload = z.object({
  reservationId: z.uuid(),
  serviceDate: z.iso.date(),
  startsAt: instant,
  endsAt: instant,
  partySize: z.int().positive(),
  note: text.nullable(),
  allergies: text.nullable().default(null),
  sequence: z.int().nonnegative(),
  /** Null: the diner has not confirmed their address. */
  dinerName: line.nullable(),
  /** Booked by staff: only the mailed link opens its page. */
  isGuest: z.boolean().default(false),
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

/** For a hold, or one that expired. */
export const heldPayload = reservationPayload.extend({
  /** The deadline for confirming it. */
  holdExpiresAt: instant,
  /** Staff confirm it, on account of no-shows. False: its diner. */
  awaitsStaff: z.boolean().default(false),
})

export const cancelledPayload = reservationPayload.extend({
  cancelledBy: z.enum(['DINER', 'OWNER', 'ADMIN']),
  /** The canceller's own words. Null: none given. */
  reason: text.nullable().default(null),
  /** A usual reason, for which each reader has words. Null: none, or the canceller's own words. */
  usualReason: z.enum(usualReasons).nullable().default(null),
})

/** Another date or time; the facts are the new ones. */
export const changedPayload = reservationPayload.extend({
  status: z.enum(['HELD', 'CONFIRMED']),
  changedBy: z.enum(['DINER', 'OWNER', 'ADMIN']),
  before: z.object({
    serviceDate: z.iso.date(),
    startsAt: instant,
    endsAt: instant,
    /** Absent in a notice of an earlier version. */
    partySize: z.int().positive().optional(),
  }),
})
export type ChangedPayload = z.infer<typeof changedPayload>

export type CancelledPayload = z.infer<typeof cancelledPayload>

/** Tells the restaurant's Slack that a guest could not be reached; the address is masked. */
export const troublePayload = z.object({
  recipient: line,
  error: line.nullable(),
  restaurant: z.object({ slug: z.string(), name: line, nameEn: line.nullable() }),
})
export type TroublePayload = z.infer<typeof troublePayload>

/** Tells owners that a guest disputes a no-show; it names nobody. */
export const disputedPayload = z.object({
  serviceDate: z.iso.date(),
  startsAt: instant,
  partySize: z.int().positive(),
  restaurant: z.object({ slug: z.string(), name: line, nameEn: line.nullable(), timeZone }),
})

export type DisputedPayload = z.infer<typeof disputedPayload>

/** Tells owners that a hold waits for staff; it names nobody. */
export const holdToConfirmPayload = disputedPayload.extend({
  reservationId: z.uuid(),
  holdExpiresAt: instant,
})

/** The payload that `queueDaySheets` writes to the outbox: the day as it stood that morning. */
export const daySheetPayload = z.object({
  serviceDate: z.iso.date(),
  restaurant: z.object({ slug: z.string(), name: line, nameEn: line.nullable(), timeZone }),
  /** In order of arrival. Only the first few are listed. */
  reservations: z.array(
    z.object({
      startsAt: instant,
      partySize: z.int().positive(),
      /** Null: the diner has deleted their account. */
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

/** The payload of mail about an account: its name, and the address concerned. */
export const accountPayload = z.object({
  /** Null: the address is not confirmed, so a stranger may have typed the name. */
  accountName: line.nullable(),
  /** The address concerned; after a change of address, the new one. */
  email: line,
})

/** With a link. The mail carries the link's id signed by us; the row itself holds no secret. */
export const accountLinkPayload = accountPayload.extend({
  linkId: z.uuid(),
  /** By the database's clock. */
  expiresAt: instant,
  /** The browser that asked, in which the mail's code works. Absent: no code. */
  asked: z.object({ requestId: z.uuid(), browser: line, system: line }).optional(),
})

/** A login was added; the provider's name tells the account's owner what to check. */
/** What undoes the change. Absent: mailed to the address that the change led to. */
export const addressChangedPayload = accountPayload.extend({
  linkId: z.uuid().optional(),
  expiresAt: instant.optional(),
})
export const loginConnectedPayload = accountPayload.extend({ provider: z.enum(['kakao', 'naver']) })

/** Nobody uses the account, and it is closed then. */
export const accountAsleepPayload = accountPayload.extend({ closesAt: instant })

/** `reason` is in the admin's own words. */
export const ownerRefusedPayload = accountPayload.extend({ reason: text })

/** Where the PIN is locked. */
export const pinLockedPayload = accountPayload.extend({ restaurantName: line })

export const staffInvitedPayload = z.object({
  invitationId: z.uuid(),
  expiresAt: instant,
  /** Null: the inviter's address is not confirmed. */
  inviterName: line.nullable(),
  role: z.enum(['OWNER', 'STAFF']),
  /** Null: nobody has confirmed the invited address. */
  restaurant: z.object({ name: line, nameEn: line.nullable() }).nullable(),
})

/** The payload that `queue_ticket_notice` writes to the outbox. */
export const ticketPayload = z.object({
  ticketId: z.uuid(),
  number: z.int().positive(),
  /** Null: the wait is over. */
  place: z.int().positive().nullable(),
  partySize: z.int().positive(),
  /** False: only the ticket's sealed link opens its page. */
  hasAccount: z.boolean(),
  /** For a last call: the time by which to come. */
  lapsesAt: instant.nullable(),
  cancelledBy: z.enum(['DINER', 'OWNER', 'ADMIN', 'SERVICE']).nullable(),
  /** In the restaurant's words. Null: none given. */
  reason: text.nullable(),
  /** The wait quoted when the ticket was taken. Null: none. */
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

/** The payload that `queue_opening_reminders` writes to the outbox. */
export const openingPayload = z.object({
  openingId: z.uuid(),
  serviceDate: z.iso.date(),
  opensAt: instant,
  orderBy: z.enum(['DRAW', 'ARRIVAL']),
  /** The reader's turn. Null: the notice is of no turn. */
  turnAt: instant.nullable().default(null),
  /** Why it was cancelled, in the restaurant's words. Null: it was not. */
  reason: text.nullable().default(null),
  restaurant: z.object({ slug: z.string(), name: line, nameEn: line.nullable(), timeZone }),
})
export type OpeningPayload = z.infer<typeof openingPayload>
