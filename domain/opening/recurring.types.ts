import type { z } from 'zod'
import type { openingHabit } from './recurring.schema'

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
