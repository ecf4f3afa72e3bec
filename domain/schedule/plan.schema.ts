import { z } from 'zod'
import type { HoursStretch, Table } from '@/domain/restaurant/setup.schema'
import { serviceDate } from './schema'
import type { LeftOutSeating, PlannedSlot, ServiceDate } from './types'

/** The most dates one plan may span. */
export const LONGEST_RANGE_DAYS = 60
const DAY_MS = 86_400_000

function isRange({ from, to }: { from: string; to: string }): boolean {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  return days >= 1 && days <= LONGEST_RANGE_DAYS
}
const wrongRange = {
  error: `must span 1 to ${LONGEST_RANGE_DAYS} dates`,
  path: ['to'],
}
const range = { from: serviceDate, to: serviceDate }

/** The dates to preview, both ends included. */
export const planRange = z.strictObject(range).refine(isRange, wrongRange)

/** `fingerprint`: that of the preview the owner saw. */
export const planToApply = z
  .strictObject({ ...range, fingerprint: z.string().max(100) })
  .refine(isRange, wrongRange)

/** The same over HTTP: without a fingerprint it is only a preview, and nothing is written. */
export const scheduleRequest = z
  .strictObject({ ...range, fingerprint: z.string().max(100).optional() })
  .refine(isRange, wrongRange)

const slotInTheWay = z.object({
  slotId: z.uuid(),
  tableNumber: z.int(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
})

export const dayPreview = z.object({
  serviceDate,
  /**
   * `NEW`: has no schedule yet. `SAME`: stays unchanged. `CHANGES`: partly changes. `CLOSED`: a day
   * off, and stays one. `CLOSES`: has a schedule and becomes a day off. `NOTHING`: no seating fits,
   * or all that would are over.
   */
  state: z.enum(['NEW', 'SAME', 'CHANGES', 'CLOSED', 'CLOSES', 'NOTHING']),
  added: z.int(),
  removed: z.int(),
  kept: z.int(),
  /** The number of slots taken by parties; all of them stay, whatever else changes. */
  taken: z.int(),
  /** Slots taken by a party that the plan has no room for. They stay. */
  conflicts: z.array(slotInTheWay),
  /** The number of planned slots that are blocked by one that stays. */
  crowdedOut: z.int(),
  /** Seatings that a clock change leaves no room for. */
  leftOut: z.array(
    z.object({
      wallTime: z.string(),
      reason: z.enum(['time-does-not-exist', 'previous-still-seated', 'ends-after-closing']),
    }),
  ),
  /** When its bookings open. Null: as soon as the horizon reaches the date. */
  opensAt: z.iso.datetime().nullable(),
  opensAtChanges: z.boolean(),
  /** Why it is closed. Null: a regular day off, no reason given, or open. */
  closedBecause: z.string().nullable(),
})

export const schedulePreview = z.object({
  from: serviceDate,
  to: serviceDate,
  /** Sent back to apply exactly this preview. */
  fingerprint: z.string(),
  days: z.array(dayPreview),
})

export const scheduleAnswer = z.object({
  applied: z.boolean(),
  preview: schedulePreview,
})

export type PlanRange = z.infer<typeof planRange>
export type PlanToApply = z.infer<typeof planToApply>
export type DayPreview = z.infer<typeof dayPreview>
export type SchedulePreview = z.infer<typeof schedulePreview>

/** Everything about a restaurant that goes into its schedule, as of one instant. */
export type PlanningRestaurant = {
  id: string
  version: number
  timeZone: string
  dayCutMinutes: number
  seatingMinutes: number
  sameDayOnly: boolean
  horizonDays: number
  /** Set by a recurring opening or by the rules. Null: as soon as the horizon reaches the date. */
  opensMinutes: number | null
  opensDaysBefore: number
  /** By the database's clock. */
  now: Date
  today: ServiceDate
  hours: HoursStretch[]
  closures: { date: ServiceDate; reason: string | null }[]
  tables: Table[]
  /** Announced openings; their dates open with them. */
  openings: { date: ServiceDate; opensAt: string }[]
}

/** An existing slot. `isTaken`: a party has it, and not by an expired hold. */
export type ExistingSlot = PlannedSlot & {
  id: string
  serviceDate: ServiceDate
  tableNumber: number
  isTaken: boolean
  blocked: boolean
  /** Made by staff for one party; never part of the plan. */
  isOffPlan: boolean
  /** Not there for as long as one off the plan overlaps it. */
  gaveWay: boolean
}

export type ExistingDay = { serviceDate: ServiceDate; opensAt: Date | null; closed: boolean }

export type SlotToAdd = PlannedSlot & { blocked: boolean }

/** What comes, or no longer comes, once the parties off the plan have gone. */
export type WaitingChange = { added: SlotToAdd[]; removed: ExistingSlot[] }

/** What remaking one date's schedule would change. */
export type DayChange = {
  serviceDate: ServiceDate
  state: DayPreview['state']
  added: SlotToAdd[]
  removed: ExistingSlot[]
  kept: ExistingSlot[]
  takenCount: number
  waiting: WaitingChange
  conflicts: ExistingSlot[]
  crowdedOutCount: number
  leftOut: LeftOutSeating[]
  opensAt: Date | null
  opensAtChanges: boolean
  closedBecause: string | null
}

export const autoExtendSetting = z.strictObject({ restaurantId: z.uuid(), keeps: z.boolean() })

export const tableToRetire = z.strictObject({
  restaurantId: z.uuid(),
  version: z.int().min(0),
  tableId: z.uuid(),
  /** Parties that have booked the table keep it; it takes no new bookings. */
  keepsReservations: z.boolean().default(false),
})

export type TableToRetire = z.infer<typeof tableToRetire>
