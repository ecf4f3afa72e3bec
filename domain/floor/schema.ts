import { z } from 'zod'
import { reservationActs, reservationStatuses } from '@/domain/booking/types'
import { restaurantIdOrSlug } from '@/domain/restaurant/schema'
import type { StaffRestaurant } from '@/domain/restaurant/types'
import { serviceDate } from '@/domain/schedule/schema'
import type { ServiceDate } from '@/domain/schedule/types'

const instant = z.iso.datetime()

/** A party as the staff of its restaurant see it. */
export const dayParty = z.object({
  reservationId: z.uuid(),
  /** What it is now: run-out holds read EXPIRED, and parties whose slot has ended read LEFT. */
  status: z.enum(reservationStatuses),
  partySize: z.int(),
  /** Null: a walk-in, or somebody who has deleted their account. */
  name: z.string().nullable(),
  /** Null: a walk-in, or nobody told us. */
  phone: z.string().nullable(),
  note: z.string().nullable(),
  /** What the party can't eat, in the diner's words. Null: nothing was said. */
  allergies: z.string().nullable(),
  /** What the staff wrote down; diners never see it. */
  staffNote: z.string().nullable(),
  walkIn: z.boolean(),
  startsAt: instant,
  endsAt: instant,
  /** Null: never was a hold. */
  holdExpiresAt: instant.nullable(),
  /** Null: not cancelled. */
  cancelledBy: z.enum(['DINER', 'OWNER', 'ADMIN']).nullable(),
  slotIds: z.array(z.uuid()),
  tableNumbers: z.array(z.int()),
  /** What the table of moves allows now. */
  acts: z.array(z.enum(reservationActs)),
})

export const daySlot = z.object({
  slotId: z.uuid(),
  tableNumber: z.int(),
  minParty: z.int(),
  maxParty: z.int(),
  startsAt: instant,
  endsAt: instant,
  state: z.enum(['FREE', 'HELD', 'TAKEN', 'BLOCKED']),
  /** Null: nobody occupies it. */
  reservationId: z.uuid().nullable(),
})

/** The owner's private day: every slot, and every party of the date, whatever became of it. */
export const day = z.object({
  restaurantId: z.uuid(),
  serviceDate: z.iso.date(),
  /** The service date at this moment, by the database's clock. */
  today: z.iso.date(),
  timeZone: z.string(),
  /** When this was true, by the database's clock. */
  asOf: instant,
  /** Null: it has no opening. */
  opensAt: instant.nullable(),
  bookingsOn: z.boolean(),
  /** Also when the date has no schedule at all. */
  closed: z.boolean(),
  pollAfterMs: z.int(),
  tables: z.array(z.object({ number: z.int(), minParty: z.int(), maxParty: z.int() })),
  slots: z.array(daySlot),
  parties: z.array(dayParty),
})

/** Whose day is asked for. Absent: today's. */
export const dayQuery = z.strictObject({ date: serviceDate.optional() })

/** What the address of the page may name. What it names wrongly counts as not named. */
export const dayPageQuery = z.object({
  restaurant: restaurantIdOrSlug.optional().catch(undefined),
  date: serviceDate.optional().catch(undefined),
  /** The party to open at once: somebody who has just been looked up or whose code was read. */
  party: z.uuid().optional().catch(undefined),
  /** The camera is to be opened at once. */
  scan: z.literal('1').optional().catch(undefined),
})

export type Day = z.infer<typeof day>
export type DayParty = z.infer<typeof dayParty>
export type DaySlot = z.infer<typeof daySlot>
export type DayTable = Day['tables'][number]

/**
 * What the address asks to be opened beside the board: a party whose code was read, or the camera.
 */
export type FirstPanel =
  | { kind: 'PARTY'; reservationId: string; isCheckedIn: true }
  | { kind: 'SCAN' }
  | null

/** Whose day `/owner` has to show to whoever looks at it. */
export type DayRestaurant =
  | { state: 'SIGNED_OUT' }
  | { state: 'NO_RESTAURANT' }
  | { state: 'NOT_FOUND' }
  | {
      state: 'LINE_ONLY' | 'READY'
      restaurant: StaffRestaurant
      restaurants: StaffRestaurant[]
      /** There are more than these. */
      hasMore: boolean
      /** Null: none was asked for, so the board moves on with the restaurant's day. */
      date: ServiceDate | null
      accountId: string
      firstPanel: FirstPanel
    }
