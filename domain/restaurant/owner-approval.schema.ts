import { z } from 'zod'
import { cursorField, reason } from '@/domain/identity/admin.schema'
import { ownerStates } from './owner-approval.types'

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
