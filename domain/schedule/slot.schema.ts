import { z } from 'zod'
import { wallTime } from './schema'

const party = z.int().min(1).max(100)

/**
 * A change by staff to one slot, one thing at a time. Times are wall times of the slot's own
 * service date.
 */
export const slotChange = z
  .union([
    z.strictObject({ blocked: z.boolean() }),
    z.strictObject({ deleted: z.literal(true) }),
    z.strictObject({ minParty: party, maxParty: party, from: wallTime, to: wallTime }).partial(),
  ])
  .refine((change) => Object.keys(change).length > 0, { error: 'must change something' })

export const changedSlot = z.object({
  /** A new id when times or parties changed. Null: the slot was deleted. */
  slotId: z.uuid().nullable(),
})

export const ownSlotChange = z.strictObject({ slotId: z.uuid(), change: slotChange })

export type SlotChange = z.infer<typeof slotChange>
export type ChangedSlot = z.infer<typeof changedSlot>
