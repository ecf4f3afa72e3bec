import { z } from 'zod'
import { note } from './schema'

/** What the staff write down about a party; `shown` is what stood there when they began. */
export const staffNoteChange = z.strictObject({
  reservationId: z.uuid(),
  shown: z.string().max(500).nullable(),
  text: note,
})
