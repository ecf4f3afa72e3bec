import { z } from 'zod'
import type { AccountRole } from '@/prisma/generated/client'
import { cursorField, wordField } from './admin.schema'

/** What the address of the list of people asks for. */
export const peopleQuery = z.object({
  keyword: wordField,
  role: z.enum(['DINER', 'OWNER', 'ADMIN']).nullable().catch(null).default(null),
  cursor: cursorField,
})
export type PeopleQuery = z.infer<typeof peopleQuery>

export const someone = z.strictObject({ accountId: z.uuid() })

/** One line of the list of people. Instants are ISO 8601, UTC. */
export type PersonLine = {
  id: string
  name: string
  email: string
  /** Null: none was given. */
  phone: string | null
  role: AccountRole
  createdAt: string
  isUnconfirmed: boolean
  /** Null: not an owner. */
  ownerState: 'WAITING' | 'APPROVED' | 'REFUSED' | null
}

export type Person = PersonLine & {
  locale: string
  hasPassword: boolean
  /** Where else they have an account they sign in with. */
  providers: string[]
  /** Null: not refused as an owner. */
  ownerRefusal: string | null
}
