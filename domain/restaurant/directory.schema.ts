import { z } from 'zod'
import { cursorField, reason, wordField } from '@/domain/identity/admin.schema'
import type { StaffRole } from '@/prisma/generated/client'

/** `HIDDEN` by an admin, `DRAFT` not published by its owner, `DELETED` for good. */
export const houseStates = ['PUBLISHED', 'DRAFT', 'HIDDEN', 'DELETED'] as const
export type HouseState = (typeof houseStates)[number]

/** One line of the list of restaurants as admins see it. Instants are ISO 8601, UTC. */
export type HouseLine = {
  id: string
  slug: string
  name: string
  nameEn: string | null
  region: string
  category: string
  state: HouseState
  bookingsOn: boolean
  /** Their names; a restaurant may have several. */
  owners: string[]
}

export type House = HouseLine & {
  address: string
  phone: string
  timeZone: string
  createdAt: string
  /** Null: not hidden. */
  hiddenAt: string | null
  hiddenReason: string | null
  tableCount: number
  staff: HouseStaff[]
}

export type HouseStaff = { accountId: string; name: string; email: string; role: StaffRole }

/** What the address of the list of restaurants asks for. */
export const houseQuery = z.object({
  keyword: wordField,
  state: z.enum(houseStates).nullable().catch(null).default(null),
  cursor: cursorField,
})
export type HouseQuery = z.infer<typeof houseQuery>

export const visibility = z.strictObject({ restaurantId: z.uuid(), reason })
