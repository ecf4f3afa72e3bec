import { z } from 'zod'
import { serviceDate } from './schema'

/** How many dates one plan may span. */
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

/** Of which dates, both included, one wants to see what making the schedule would do. */
export const planRange = z.strictObject(range).refine(isRange, wrongRange)

/** `fingerprint`: of the preview that was looked at. */
export const planToApply = z
  .strictObject({ ...range, fingerprint: z.string().max(100) })
  .refine(isRange, wrongRange)

/** The same over HTTP: without a fingerprint it is a question, and nothing is made. */
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
   * `NEW`: has no schedule yet. `SAME`: stays as it is. `CHANGES`: some of it will change.
   * `CLOSED`: a day off, and stays one. `CLOSES`: has a schedule and becomes a day off.
   * `NOTHING`: no seating fits in, or what would is over.
   */
  state: z.enum(['NEW', 'SAME', 'CHANGES', 'CLOSED', 'CLOSES', 'NOTHING']),
  added: z.int(),
  removed: z.int(),
  kept: z.int(),
  /** How many of its slots a party has; all of them stay, whatever else changes. */
  taken: z.int(),
  /** Slots that a party has although the plan has no room for them. They stay. */
  conflicts: z.array(slotInTheWay),
  /** How many planned slots one that stays is in the way of. */
  crowdedOut: z.int(),
  /** Seatings that a change of the clock leaves no room for. */
  leftOut: z.array(
    z.object({
      wallTime: z.string(),
      reason: z.enum(['time-does-not-exist', 'previous-still-seated', 'ends-after-closing']),
    }),
  ),
  /** When its bookings will open. Null: as soon as the horizon reaches the date. */
  opensAt: z.iso.datetime().nullable(),
  opensAtChanges: z.boolean(),
  /** Why it is closed; null: an ordinary day off, nothing was said, or open. */
  closedBecause: z.string().nullable(),
})

export const schedulePreview = z.object({
  from: serviceDate,
  to: serviceDate,
  /** Sent back to apply exactly this. */
  fingerprint: z.string(),
  days: z.array(dayPreview),
})

export const scheduleAnswer = z.object({
  applied: z.boolean(),
  preview: schedulePreview,
})
