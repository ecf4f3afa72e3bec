import { z } from 'zod'
import { email } from '@/domain/identity/schema'
import { isPlainAddress } from '@/lib/mail/mail-address'
import { memberRole } from './staff.schema'

export const invitationForm = z.strictObject({
  restaurantId: z.uuid(),
  email: email.refine(isPlainAddress, { error: 'must be a plain address' }),
  role: memberRole,
})

export const invitationChoice = z.strictObject({ restaurantId: z.uuid(), invitationId: z.uuid() })

/** What the mail led to: the invitation's id under our seal. */
export const invitationToken = z.strictObject({ token: z.string().max(100) })
