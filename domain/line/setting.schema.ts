import { z } from 'zod'
import { MOST_BEFORE_MINUTES } from './rules'
import { lineState, reasonText } from './schema'

/** Absent fields stay as they are. */
export const lineChange = z
  .strictObject({
    state: lineState.optional(),
    /** Shown to diners while the line is paused or closed; replaced at every change of state. */
    reason: reasonText(100).optional(),
    /** The most parties that may wait at once. Null: any number. For owners. */
    longest: z.int().min(1).max(10_000).nullable().optional(),
    /** How long before the restaurant's hours it begins to take parties. For owners. */
    opensBeforeMinutes: z.int().min(0).max(MOST_BEFORE_MINUTES).optional(),
  })
  .refine((change) => Object.values(change).some((part) => part !== undefined), 'nothing to change')
export type LineChange = z.infer<typeof lineChange>

export const lineChangeForm = z.strictObject({ restaurantId: z.uuid(), change: lineChange })

export const lineSetting = z.object({
  state: lineState,
  reason: z.string().nullable(),
  longest: z.int().nullable(),
  opensBeforeMinutes: z.int(),
})
export type LineSetting = z.infer<typeof lineSetting>
