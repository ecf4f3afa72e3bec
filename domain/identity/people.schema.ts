import { z } from 'zod'
import type { AccountRole } from '@/prisma/generated/client'
import { cursorField, wordField } from './admin.schema'

/** The query of the list of people. */
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
  /** Null: not given. */
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
  hasPasskey: boolean
  /** The external providers they can sign in with. */
  providers: string[]
  /** Null: not a refused owner. */
  ownerRefusal: string | null
}
