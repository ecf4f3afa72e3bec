import { z } from 'zod'
import { orderBy, turnsPerSecond } from './plan.schema'

const DAY_MINUTES = 1_440

/** An opening every day, at this time on the wall, for the service date so many days ahead. */
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

/** `version`: the restaurant's, as the form showed it. Saving switches it on. */
export const recurringOpeningForm = recurringOpening.extend({ ...ofRestaurant, version: z.int() })
export const recurringOpeningSwitch = z.strictObject({ ...ofRestaurant, isOn: z.boolean() })

export type RecurringOpening = z.infer<typeof recurringOpening>

/** As it stands. Instants are ISO 8601, UTC. */
export type StoredRecurringOpening = RecurringOpening & {
  isOn: boolean
  /** Since when it is as it is; its first opening comes a day later at the earliest. */
  since: string
}

/** A date that a recurring opening may have to announce an opening for. */
export type DueDate = RecurringOpening & {
  restaurantId: string
  serviceDate: string
  timeZone: string
  since: Date
}
