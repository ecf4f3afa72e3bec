import { z } from 'zod'

export const tableToRetire = z.strictObject({
  restaurantId: z.uuid(),
  version: z.int().min(0),
  tableId: z.uuid(),
  /** Parties that have booked it are still seated at it; it takes no new ones. */
  keepsReservations: z.boolean().default(false),
})
