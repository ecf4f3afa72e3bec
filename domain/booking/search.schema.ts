import { z } from 'zod'
import { cursorField, dateField, reason, wordField } from '@/domain/identity/admin.schema'
import { reservationStatuses } from './types'

/** What the address of the list of reservations asks for. */
export const reservationSearch = z.object({
  /** Its id, or a part of who booked it: name, address, phone. */
  person: wordField,
  /** A part of the name, the slug or the id. */
  restaurant: wordField,
  date: dateField,
  status: z.enum(reservationStatuses).nullable().catch(null).default(null),
  cursor: cursorField,
})
export type ReservationSearch = z.infer<typeof reservationSearch>

export const cancellation = z.strictObject({ reservationId: z.uuid(), reason })
