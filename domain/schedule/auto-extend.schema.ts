import { z } from 'zod'

export const scheduleToKeep = z.strictObject({ restaurantId: z.uuid(), keeps: z.boolean() })
