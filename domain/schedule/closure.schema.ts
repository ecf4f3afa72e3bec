import { z } from 'zod'
import { typedLine } from '@/lib/text/field'
import { serviceDate } from './schema'

const LONGEST_REASON = 100

const edited = { restaurantId: z.uuid(), version: z.int().min(0), date: serviceDate }

export const dateToClose = z.strictObject({
  ...edited,
  /** Shown to diners; empty: no reason is given. */
  reason: typedLine({ most: LONGEST_REASON }).transform((text) => text || null),
  /** Parties that have booked still come; only new bookings are refused. */
  keepsReservations: z.boolean().default(false),
})

export const dateToReopen = z.strictObject(edited)

export type DateToClose = z.infer<typeof dateToClose>
export type DateToReopen = z.infer<typeof dateToReopen>

/** A single date on which a restaurant is closed although its week says otherwise. */
export type Closure = { date: string; reason: string | null }
