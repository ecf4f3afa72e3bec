import { z } from 'zod'
import { reservationStatuses } from '@/domain/booking/types'

/** The reservation whose code a guest showed at the door, and the board that shows it. */
export const checkIn = z.object({
  reservationId: z.uuid(),
  restaurantId: z.uuid(),
  slug: z.string(),
  restaurantName: z.string(),
  restaurantNameEn: z.string().nullable(),
  serviceDate: z.iso.date(),
  /** The service date at this moment, by the database's clock. */
  today: z.iso.date(),
  startsAt: z.iso.datetime(),
  status: z.enum(reservationStatuses),
})

export type CheckIn = z.infer<typeof checkIn>
