import type { AccountRole } from '@/prisma/generated/client'

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
