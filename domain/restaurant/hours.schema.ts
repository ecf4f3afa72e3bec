import { z } from 'zod'

const LAST_MINUTE = 2879
const MOST_STRETCHES = 42

/** One stretch of an ordinary week in which parties are seated. */
export const hoursStretch = z.strictObject({
  /** ISO 8601: 1 is Monday, 7 is Sunday. */
  weekday: z.int().min(1).max(7),
  /** Wall minutes from the midnight the service date begins with; past 1440 is the night after. */
  fromMinutes: z.int().min(0).max(LAST_MINUTE),
  toMinutes: z.int().min(0).max(LAST_MINUTE),
})

/** The whole week; a weekday that does not occur is a day off. */
export const weekOfHours = z.array(hoursStretch).max(MOST_STRETCHES)

export const hoursChange = z.strictObject({
  restaurantId: z.uuid(),
  version: z.int().min(0),
  hours: weekOfHours,
})
