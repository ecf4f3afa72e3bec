import { z } from 'zod'
import { bookingSources } from '@/domain/booking/source.types'
import { reservationActs, reservationStatuses } from '@/domain/booking/types'
import { guestMarks } from '@/domain/guest/entry.schema'
import { guest } from '@/domain/guest/schema'
import { floorPlan } from '@/domain/restaurant/floor-plan.schema'
import { restaurantIdOrSlug } from '@/domain/restaurant/schema'
import { areaList, combinationList } from '@/domain/restaurant/table-group.schema'
import type { StaffRestaurant } from '@/domain/restaurant/types'
import { serviceDate } from '@/domain/schedule/schema'
import type { ServiceDate } from '@/domain/schedule/types'
import { shiftNote } from './shift-note.schema'
import { tableClosure } from './table-closure.schema'

const instant = z.iso.datetime()

/** A party as the staff of its restaurant see it. */
export const dayParty = z.object({
  reservationId: z.uuid(),
  /** The present status: run-out holds read EXPIRED, and parties of a day that is over read LEFT. */
  status: z.enum(reservationStatuses),
  partySize: z.int(),
  /** Rises with each change of its place or status; a change names the one that staff saw. */
  sequence: z.int(),
  /** Whom staff booked it for. Null: a diner, a walk-in, or a guest who is forgotten. */
  guest: guest.nullable(),
  /** Its person in the guest book. Null: nobody has written them down. */
  entry: guestMarks.nullable(),
  /** How the guest asked for it. Null: it is not by staff. */
  source: z.enum(bookingSources).nullable(),
  /** Null: a walk-in, or its person is forgotten. */
  name: z.string().nullable(),
  /** Null: a walk-in, or none was given. */
  phone: z.string().nullable(),
  note: z.string().nullable(),
  /** What the party can't eat, in the diner's words. Null: the diner gave none. */
  allergies: z.string().nullable(),
  /** The staff's note; diners never see it. */
  staffNote: z.string().nullable(),
  walkIn: z.boolean(),
  startsAt: instant,
  endsAt: instant,
  /** Null: it was never a hold. */
  holdExpiresAt: instant.nullable(),
  /** As a hold it is for staff to confirm, on account of no-shows. False: its diner does too. */
  awaitsStaff: z.boolean(),
  /** Null: not cancelled. */
  cancelledBy: z.enum(['DINER', 'OWNER', 'ADMIN']).nullable(),
  /** When it came and began to wait for its table. Null: it is not known to be here. */
  arrivedAt: instant.nullable(),
  /** Null: it neither sits nor sat. */
  seatedAt: instant.nullable(),
  /** When staff said that it had left. Null: they did not. */
  leftAt: instant.nullable(),
  /** Nobody said that it left: its day is over. */
  leftByDayCut: z.boolean(),
  /** How long it sits past the end of its time as of then, in whole minutes; 0 when it does not. */
  minutesOver: z.int(),
  /** How late it said it would be. Null: it said nothing. */
  lateMinutes: z.int().nullable(),
  /** How late an expected party is, or said it would be, in whole minutes; 0 when it is here. */
  minutesLate: z.int(),
  slotIds: z.array(z.uuid()),
  tableNumbers: z.array(z.int()),
  /** The acts the table of moves allows now. */
  acts: z.array(z.enum(reservationActs)),
})

export const dayTable = z.object({
  number: z.int(),
  minParty: z.int(),
  maxParty: z.int(),
  /** The party that sits there now, whichever date it had booked. Null: none. */
  seatedReservationId: z.uuid().nullable(),
})

export const daySlot = z.object({
  slotId: z.uuid(),
  tableNumber: z.int(),
  minParty: z.int(),
  maxParty: z.int(),
  startsAt: instant,
  endsAt: instant,
  state: z.enum(['FREE', 'HELD', 'TAKEN', 'BLOCKED']),
  /** Null: no party occupies it. */
  reservationId: z.uuid().nullable(),
  /** Made by staff for one party, at a time of its own. */
  offPlan: z.boolean(),
})

/** Tables that are closed at some time of the date, and not open again yet. */
export const dayClosure = tableClosure.omit({ parties: true })

/** The owner's private day: every slot, and every party of the date in any status. */
export const day = z.object({
  restaurantId: z.uuid(),
  serviceDate: z.iso.date(),
  /** The service date at this moment, by the database's clock. */
  today: z.iso.date(),
  timeZone: z.string(),
  /** When the next service date begins, in minutes after midnight by the restaurant's clock. */
  dayCutMinutes: z.int(),
  /** When this was true, by the database's clock. */
  asOf: instant,
  /** Null: the date has no opening. */
  opensAt: instant.nullable(),
  bookingsOn: z.boolean(),
  /** True also when the date has no schedule at all. */
  closed: z.boolean(),
  pollAfterMs: z.int(),
  tables: z.array(dayTable),
  /** The tables that can be pushed together. */
  combinations: combinationList,
  areas: areaList,
  /** The tables that their owner has placed; the others stand by area and number. */
  floorPlan,
  closures: z.array(dayClosure),
  /** Null: nobody has written one. */
  shiftNote: shiftNote.nullable(),
  slots: z.array(daySlot),
  parties: z.array(dayParty),
})

/** The date to read. Absent: today. */
export const dayQuery = z.strictObject({ date: serviceDate.optional() })

/** The URL parameters of the page. An invalid one counts as absent. */
export const dayPageQuery = z.object({
  restaurant: restaurantIdOrSlug.optional().catch(undefined),
  date: serviceDate.optional().catch(undefined),
  /** The party to open at once, after a search or a scan. */
  party: z.uuid().optional().catch(undefined),
  /** Opens the camera at once. */
  scan: z.literal('1').optional().catch(undefined),
})

export type Day = z.infer<typeof day>
export type DayParty = z.infer<typeof dayParty>
export type DaySlot = z.infer<typeof daySlot>
export type DayClosure = z.infer<typeof dayClosure>
export type DayTable = z.infer<typeof dayTable>

/** The panel the URL opens beside the board: a scanned party, or the camera. */
export type FirstPanel =
  | { kind: 'PARTY'; reservationId: string; isCheckedIn: true }
  | { kind: 'SCAN' }
  | null

/** The restaurant whose day `/owner` shows the visitor. */
export type DayRestaurant =
  | { state: 'SIGNED_OUT' }
  | { state: 'NO_RESTAURANT' }
  | { state: 'NOT_FOUND' }
  | {
      state: 'LINE_ONLY' | 'READY'
      restaurant: StaffRestaurant
      restaurants: StaffRestaurant[]
      /** The visitor has more restaurants than these. */
      hasMore: boolean
      /** Null: the URL names none, so the board moves on with the restaurant's day. */
      date: ServiceDate | null
      accountId: string
      firstPanel: FirstPanel
    }
