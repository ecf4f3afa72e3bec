import { z } from 'zod'

export const houseNotice = z.strictObject({ restaurantId: z.uuid(), noticeId: z.uuid() })
export const daySheetForm = z.strictObject({ restaurantId: z.uuid(), wants: z.boolean() })
