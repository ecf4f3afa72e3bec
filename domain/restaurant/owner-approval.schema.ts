import { z } from 'zod'
import { cursorField, reason } from '@/domain/identity/admin.schema'

/** The state of an application for ownership. */
export const ownerStates = ['WAITING', 'APPROVED', 'REFUSED'] as const
export type OwnerState = (typeof ownerStates)[number]

/** An owner, or an applicant for ownership. Instants are ISO 8601, UTC. */
export type OwnerRequest = {
  id: string
  name: string
  email: string
  /** Null: not given. */
  phone: string | null
  state: OwnerState
  /** The link mailed to this address has not been used yet. */
  isUnconfirmed: boolean
  askedAt: string
  /** Null: waiting. */
  decidedAt: string | null
  /** Null: waiting, or decided before the audit log existed. */
  decidedBy: string | null
  /** Null: not refused. */
  refusal: string | null
}

/**
 * `seen` is the state the admin's page showed, so that a decision by another admin meanwhile is not
 * overruled.
 */
export const approval = z.strictObject({
  accountId: z.uuid(),
  seen: z.enum(['WAITING', 'REFUSED']),
})

export const refusal = z.strictObject({
  accountId: z.uuid(),
  reason,
})

/** The query of the list. */
export const ownerListQuery = z.object({
  state: z.enum(ownerStates).catch('WAITING').default('WAITING'),
  cursor: cursorField,
})
