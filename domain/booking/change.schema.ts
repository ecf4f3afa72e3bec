import { z } from 'zod'
import { serviceDate, startsAt } from '@/domain/schedule/schema'
import { typedLine, typedText } from '@/lib/text/field'
import { namedTables, staffIntent, stayMinutes } from './schema'
import { reservationStatuses } from './types'

const instant = z.iso.datetime()

/** What a party may change of its own reservation. Absent: it stays. */
const ownFields = {
  /** Without `startsAt` the time on the wall stays. */
  serviceDate: serviceDate.optional(),
  startsAt: startsAt.optional(),
  partySize: z.int().min(1).max(100).optional(),
  /** Null or empty: none any more. */
  note: typedText({ most: 500 })
    .transform((text) => text || null)
    .nullable()
    .optional(),
  allergies: typedLine({ most: 200 })
    .transform((text) => text || null)
    .nullable()
    .optional(),
}

/** Where the asker saw the reservation: refused if it was changed since. Absent: wherever it is. */
const seen = z.int().min(0).optional()

const placeFields = {
  /** How long the party stays. Absent: as many seatings as before, or off the plan as many minutes. */
  minutes: stayMinutes.optional(),
  /** Absent: the present ones. */
  tableNumbers: namedTables.optional(),
  /** The reservation with which it changes places. */
  swapWith: z.uuid().optional(),
}

const ownNames = Object.keys(ownFields)

/** The `sequence` that the reservation had as the asker saw it. */
const seenFields = { sequence: seen }

/** The same of the reservation that is swapped with. */
const seenByStaff = { swapSequence: seen }

/** The fields that only staff may send. */
export const staffFieldNames = [placeFields, seenByStaff, staffIntent.shape].flatMap(Object.keys)

const isAsking = (change: object) =>
  Object.entries(change).some(
    ([name, value]) => value !== undefined && (ownNames.includes(name) || name in placeFields),
  )

const beside = ['serviceDate', 'startsAt', 'partySize', 'minutes', 'tableNumbers'] as const

/** A change of a reservation. A swap is of places alone. */
export const reservationChange = staffIntent
  .extend({ ...ownFields, ...placeFields, ...seenFields, ...seenByStaff })
  .refine(isAsking, 'name what to change')
  .refine(
    (change) => change.swapWith === undefined || beside.every((name) => change[name] === undefined),
    { path: ['swapWith'], error: 'a swap changes nothing else' },
  )
export type ReservationChange = z.infer<typeof reservationChange>

/** What a diner sends. */
export const ownChange = z
  .strictObject({ ...ownFields, ...seenFields })
  .refine(isAsking, 'name what to change')
export type OwnChange = z.infer<typeof ownChange>

/** The changed reservation; its words are in the reservation alone. */
export const changedReservation = z.object({
  id: z.uuid(),
  status: z.enum(reservationStatuses),
  serviceDate: z.iso.date(),
  startsAt: instant,
  endsAt: instant,
  partySize: z.int(),
  tableNumbers: z.array(z.int()),
  /** Null: it is no hold. */
  holdExpiresAt: instant.nullable(),
  sequence: z.int(),
  /** By which staff undo it, until then. Null: there is nothing to undo. */
  actId: z.uuid().nullable(),
  undoUntil: instant.nullable(),
})
export type ChangedReservation = z.infer<typeof changedReservation>
