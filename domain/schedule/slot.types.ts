import type { z } from 'zod'
import type { changedSlot, slotChange } from './slot.schema'

export type SlotChange = z.infer<typeof slotChange>
export type ChangedSlot = z.infer<typeof changedSlot>
