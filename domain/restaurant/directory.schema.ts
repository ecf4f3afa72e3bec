import { z } from 'zod'
import { cursorField, reason, wordField } from '@/domain/identity/admin.schema'
import type { StaffRole } from '@/prisma/generated/client'

/** `HIDDEN`: by an admin. `DRAFT`: not published by its owner. `DELETED`: permanently. */
export const restaurantStates = ['PUBLISHED', 'DRAFT', 'HIDDEN', 'DELETED'] as const
export type RestaurantState = (typeof restaurantStates)[number]

/** One line of the admins' list of restaurants. Instants are ISO 8601, UTC. */
export type RestaurantLine = {
  id: string
  slug: string
  name: string
  nameEn: string | null
  region: string
  category: string
  state: RestaurantState
  bookingsOn: boolean
  /** The owners' names; a restaurant may have several owners. */
  owners: string[]
}

export type Restaurant = RestaurantLine & {
  address: string
  phone: string
  timeZone: string
  createdAt: string
  /** Null: not hidden. */
  hiddenAt: string | null
  hiddenReason: string | null
  tableCount: number
  staff: RestaurantStaff[]
}

export type RestaurantStaff = { accountId: string; name: string; email: string; role: StaffRole }

/** The query of the list of restaurants. */
export const restaurantQuery = z.object({
  keyword: wordField,
  state: z.enum(restaurantStates).nullable().catch(null).default(null),
  cursor: cursorField,
})
export type RestaurantQuery = z.infer<typeof restaurantQuery>

export const visibility = z.strictObject({ restaurantId: z.uuid(), reason })
