import type { z } from 'zod'
import type { bookingRules, newRestaurant, profileFields } from './profile.schema'

export type Profile = z.output<typeof profileFields>
/** As a form holds it: what is empty is an empty string. */
export type ProfileDraft = z.input<typeof profileFields>

export type BookingRules = z.output<typeof bookingRules>

export type NewRestaurant = z.output<typeof newRestaurant>
export type NewRestaurantDraft = z.input<typeof newRestaurant>

/** When a service date can be booked, as a diner is told. Times are minutes on the restaurant's wall. */
export type OpeningPlan =
  | { kind: 'SAME_DAY'; opensMinutes: number }
  | { kind: 'AHEAD'; horizonDays: number }
  | { kind: 'AHEAD_FROM'; opensMinutes: number; daysBefore: number }
