import { z } from 'zod'
import { reason } from '@/domain/identity/admin.schema'

export const visibility = z.strictObject({ restaurantId: z.uuid(), reason })
