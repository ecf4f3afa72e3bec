import { z } from 'zod'
import { openingEntry } from '@/domain/opening/schema'

/** A diner's own entry, with what they have booked. */
export const ownEntry = openingEntry.extend({
  /** The diner's reservation of that date, made on whichever device. Null: none. */
  reservationId: z.uuid().nullable(),
})
