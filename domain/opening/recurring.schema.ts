import { z } from 'zod'
import { orderBy, turnsPerSecond } from './plan.schema'

const DAY_MINUTES = 1_440

/** An opening every day, at this time on the wall, for the service date so many days ahead. */
export const openingHabit = z.strictObject({
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
export const habitForm = openingHabit.extend({ ...ofRestaurant, version: z.int() })
export const habitSwitch = z.strictObject({ ...ofRestaurant, isOn: z.boolean() })

export type OpeningHabit = z.infer<typeof openingHabit>

/** As it stands. Instants are ISO 8601, UTC. */
export type StoredHabit = OpeningHabit & {
  isOn: boolean
  /** Since when it is as it is; its first opening comes a day later at the earliest. */
  since: string
}

/** A date that a habit may have to announce an opening for. */
export type DueDate = OpeningHabit & {
  restaurantId: string
  serviceDate: string
  timeZone: string
  since: Date
}
