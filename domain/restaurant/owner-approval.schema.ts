import { z } from 'zod'
import { cursorField, reason } from '@/domain/identity/admin.schema'

/** What admins have answered to somebody who wants to be an owner. */
export const ownerStates = ['WAITING', 'APPROVED', 'REFUSED'] as const
export type OwnerState = (typeof ownerStates)[number]

/** Somebody who is, or wants to be, an owner. Instants are ISO 8601, UTC. */
export type OwnerRequest = {
  id: string
  name: string
  email: string
  /** Null: none was given. */
  phone: string | null
  state: OwnerState
  /** Nobody has followed the link mailed to this address yet. */
  isUnconfirmed: boolean
  askedAt: string
  /** Null: waiting. */
  decidedAt: string | null
  /** Null: waiting, or decided before there was an audit log. */
  decidedBy: string | null
  /** Null: not refused. */
  refusal: string | null
}

/** `seen` is what the admin's page showed: a decision made meanwhile by another is not overruled. */
export const approval = z.strictObject({
  accountId: z.uuid(),
  seen: z.enum(['WAITING', 'REFUSED']),
})

export const refusal = z.strictObject({
  accountId: z.uuid(),
  reason,
})

/** What the address of the list asks for. */
export const ownerListQuery = z.object({
  state: z.enum(ownerStates).catch('WAITING').default('WAITING'),
  cursor: cursorField,
})
