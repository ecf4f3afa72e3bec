import { z } from 'zod'
import { orderBy, turnsPerSecond } from './plan.schema'

const DAY_MINUTES = 1_440

/** A daily opening at this wall time, for the service date this many days ahead. */
export const recurringOpening = z.strictObject({
  opensMinutes: z
    .int()
    .min(0)
    .max(DAY_MINUTES - 1),
  opensDaysBefore: z.int().min(0).max(60),
  lobbyMinutes: z.int().min(1).max(DAY_MINUTES),
  gateMinutes: z.int().min(1).max(DAY_MINUTES),
  orderBy,
  turnsPerSecond,
})

const ofRestaurant = { restaurantId: z.uuid() }

/** `version`: the restaurant's, as shown by the form. Saving switches the recurring opening on. */
export const recurringOpeningForm = recurringOpening.extend({ ...ofRestaurant, version: z.int() })
export const recurringOpeningSwitch = z.strictObject({ ...ofRestaurant, isOn: z.boolean() })

export type RecurringOpening = z.infer<typeof recurringOpening>

/** The stored recurring opening. Instants are ISO 8601, UTC. */
export type StoredRecurringOpening = RecurringOpening & {
  isOn: boolean
  /** When it last changed; its first opening comes at least a day later. */
  since: string
}

/** A date for which a recurring opening may have to be announced. */
export type DueDate = RecurringOpening & {
  restaurantId: string
  serviceDate: string
  timeZone: string
  since: Date
}
