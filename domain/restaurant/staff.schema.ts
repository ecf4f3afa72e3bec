import { z } from 'zod'

export const memberRole = z.enum(['OWNER', 'STAFF'])
export const memberForm = z.strictObject({ restaurantId: z.uuid(), accountId: z.uuid() })
export const memberRoleForm = memberForm.extend({ role: memberRole })
