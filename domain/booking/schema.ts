import { z } from 'zod'
import { guestRef } from '@/domain/guest/schema'
import { usualReasons } from '@/domain/notification/usual-reason.types'
import { partySize, serviceDate, startsAt } from '@/domain/schedule/schema'
import { typedLine, typedText } from '@/lib/text/field'
import { noShowView } from './dispute.schema'
import { bookingSources } from './source.types'
import { MOST_STAY_MINUTES } from './stay.types'

/** Several lines are fine; an empty note is the same as none. */
export const note = typedText({ most: 500 }).transform((text) => text || undefined)
/** One line, so that staff can read it at a glance. */
const allergies = typedLine({ most: 200 }).transform((text) => text || undefined)
export const bookingRequest = z.strictObject({
  restaurantId: z.uuid(),
  serviceDate,
  startsAt,
  partySize,
  slotId: z.uuid().optional(),
  note: note.optional(),
  /** What the party can't eat. */
  allergies: allergies.optional(),
})
export type BookingRequest = z.infer<typeof bookingRequest>

/** The time a diner is about to ask for. */
export const bookingTime = z.strictObject({ serviceDate, startsAt })

/** See `StaffIntent`; part of the body of every staff act on a party. */
export const staffIntent = z.strictObject({
  override: z.boolean().optional(),
  /** A year that Postgres has. */
  tappedAt: z.iso
    .datetime()
    .regex(/^[12]\d{3}-/)
    .optional(),
})

/** How long a party stays at its table. */
export const stayMinutes = z.int().min(1).max(MOST_STAY_MINUTES)

/** Tables that staff name, each once. */
export const namedTables = z
  .array(z.int().min(1).max(32_767))
  .min(1)
  .max(20)
  .refine((numbers) => new Set(numbers).size === numbers.length, 'each table once')

/** What a party reads when it is cancelled; empty is the same as none. */
const cancelReason = typedLine({ most: 200 }).transform((text) => text || undefined)

/** A cancellation, by the diner or by staff. */
export const cancelWish = staffIntent
  .extend({
    /** In the canceller's own words. */
    reason: cancelReason.optional(),
    /** A usual one instead, which the guest reads in their own language. */
    usualReason: z.enum(usualReasons).optional(),
  })
  .refine(({ reason, usualReason }) => reason === undefined || usualReason === undefined, {
    path: ['usualReason'],
    error: 'give one reason',
  })

/** A party that comes later than this changes its time instead. */
const MOST_LATE_MINUTES = 120

/** A correction of what staff did: the party is booked again, or at its table again. */
export const correction = staffIntent.extend({ to: z.enum(['CONFIRMED', 'SEATED']) })

/** How late a party will be. Zero: on time after all. */
export const lateness = z.strictObject({ minutes: z.int().min(0).max(MOST_LATE_MINUTES) })

/** Slots that staff name, each once. */
export const namedSlots = z
  .array(z.uuid())
  .max(20)
  .refine((ids) => new Set(ids).size === ids.length, 'each slot once')

/** Tables at which a party sits down now, whatever the plan has at this hour. */
export const tablesNow = {
  tableNumbers: namedTables.optional(),
  /** How long. Absent: the restaurant's usual time, or until the next booking of these tables. */
  minutes: stayMinutes.optional(),
}

export const walkInRequest = staffIntent
  .extend({
    partySize: z.int().min(1).max(100),
    /** Seatings of the plan. Absent: `tableNumbers` are named. */
    slotIds: namedSlots.min(1).optional(),
    ...tablesNow,
    /** The staff's own note: a name, a coat's colour. Diners never see it. */
    note: note.optional(),
  })
  .refine(({ slotIds, tableNumbers }) => (slotIds === undefined) !== (tableNumbers === undefined), {
    path: ['tableNumbers'],
    message: 'slotIds or tableNumbers',
  })
  .refine(({ slotIds, minutes }) => slotIds === undefined || minutes === undefined, {
    path: ['minutes'],
    message: 'of tableNumbers only',
  })
export type WalkInRequest = z.infer<typeof walkInRequest>
export type CorrectedStatus = z.infer<typeof correction>['to']

/** A table for a guest, booked by staff. */
export const guestBooking = z.strictObject({
  serviceDate,
  startsAt,
  /** How long the party stays. Absent: the seating's own length, or the restaurant's usual one. */
  minutes: stayMinutes.optional(),
  partySize: walkInRequest.shape.partySize,
  /** Absent: the smallest table that fits; where none does alone, the smallest combination. */
  tableNumbers: namedTables.optional(),
  guest: guestRef,
  note: note.optional(),
  allergies: allergies.optional(),
  source: z.enum(bookingSources),
  /** The guest is told by mail, where an address is known. */
  notify: z.boolean(),
  /** Staff were told what stands in the way, and insist. */
  override: z.boolean().optional(),
})
export type GuestBooking = z.infer<typeof guestBooking>

const instant = z.iso.datetime()

/** The answer to staff who booked for a guest. */
export const bookedForGuest = z.object({
  id: z.uuid(),
  status: z.literal('CONFIRMED'),
  tableNumbers: z.array(z.int()),
  startsAt: instant,
  endsAt: instant,
  partySize: z.int(),
  guestId: z.uuid(),
  /** As the restaurant knows them, which may differ from the name given. */
  guestName: z.string(),
  /** The act, for an undo. */
  actId: z.uuid(),
  /** By the database's clock; afterwards the booking can be cancelled only. */
  undoUntil: instant,
})
export type BookedForGuest = z.infer<typeof bookedForGuest>

/** The answer to a booking. `holdExpiresAt` is null when it is already confirmed. */
export const placedReservation = z.object({
  id: z.uuid(),
  status: z.enum(['HELD', 'CONFIRMED', 'SEATED', 'LEFT', 'EXPIRED', 'CANCELLED', 'NO_SHOW']),
  slotId: z.uuid(),
  tableNumber: z.int(),
  startsAt: instant,
  endsAt: instant,
  partySize: z.int(),
  holdExpiresAt: instant.nullable(),
  /** As a hold it is for staff to confirm, on account of no-shows. False: its diner does too. */
  awaitsStaff: z.boolean(),
})

/** A reservation as the diner and the API see it. Instants are ISO 8601, UTC. */
export const reservationView = z.object({
  id: z.uuid(),
  status: placedReservation.shape.status,
  restaurant: z.object({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    nameEn: z.string().nullable(),
    address: z.string(),
    phone: z.string(),
    timeZone: z.string(),
    /** Null: the page links to a map search for the address. */
    mapUrl: z.string().nullable(),
  }),
  serviceDate: z.iso.date(),
  startsAt: instant,
  endsAt: instant,
  partySize: z.int(),
  tableNumbers: z.array(z.int()),
  note: z.string().nullable(),
  /** What the party can't eat. Null: the diner gave none. */
  allergies: z.string().nullable(),
  holdExpiresAt: instant.nullable(),
  awaitsStaff: placedReservation.shape.awaitsStaff,
  cancelledBy: z.enum(['DINER', 'OWNER', 'ADMIN']).nullable(),
  sequence: z.int(),
  /** How late the party says it will be. Null: it said nothing. */
  lateMinutes: z.int().nullable(),
  /** Null: it is no no-show. */
  noShow: noShowView.nullable(),
  /** The restaurant keeps what its person can't or won't eat, with their consent. */
  isDietKept: z.boolean(),
})

export const reservationPageQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})

/** A note staff write about a party; `shown` is the text they saw when they began. */
export const staffNoteChange = z.strictObject({
  reservationId: z.uuid(),
  shown: z.string().max(500).nullable(),
  text: note,
})

export type PlacedReservation = z.infer<typeof placedReservation>
export type ReservationView = z.infer<typeof reservationView>
