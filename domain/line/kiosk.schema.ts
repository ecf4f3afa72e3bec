import { z } from 'zod'
import { lineOf } from '@/domain/restaurant/schema'

export const kioskForm = z.strictObject({ restaurantId: z.uuid(), name: lineOf({ most: 50 }) })
export const kioskChoice = z.strictObject({ restaurantId: z.uuid(), kioskId: z.uuid() })

/** The token a tablet sends with every request. */
export const kioskToken = z.string().regex(/^[\w-]{43}$/)

/** The restaurant at whose door the tablet stands. */
export const kioskRestaurant = z.object({
  restaurantId: z.uuid(),
  name: z.string(),
  nameEn: z.string().nullable(),
})

/** A tablet at the door, as its owner sees it. Instants are ISO 8601. */
export type Kiosk = {
  id: string
  name: string
  createdAt: string
  /** Null: it has taken no ticket yet. */
  lastTicketAt: string | null
}

export type KioskRestaurant = z.infer<typeof kioskRestaurant>
