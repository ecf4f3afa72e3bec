import { z } from 'zod'

export const switchForm = z.strictObject({ restaurantId: z.uuid(), isOn: z.boolean() })
