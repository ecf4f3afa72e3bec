import { z } from 'zod'
import { tidyLine, tidyText } from './rules'

/** Payloads are snapshots of what people typed; they are made harmless where they are read. */
const line = z.string().transform(tidyLine)
const text = z.string().transform(tidyText)
const instant = z.iso.datetime()

const timeZone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}, 'an IANA time zone')

/** What `queue_reservation_notice` writes into the outbox. */
export const reservationPayload = z.object({
  reservationId: z.uuid(),
  serviceDate: z.iso.date(),
  startsAt: instant,
  endsAt: instant,
  partySize: z.int().positive(),
  note: text.nullable(),
  sequence: z.int().nonnegative(),
  dinerName: line,
  restaurant: z.object({
    slug: z.string(),
    name: line,
    nameEn: line.nullable(),
    address: line,
    phone: line,
    timeZone,
  }),
})
export type ReservationPayload = z.infer<typeof reservationPayload>

export const cancelledPayload = reservationPayload.extend({
  cancelledBy: z.enum(['DINER', 'OWNER', 'ADMIN']),
})
export type CancelledPayload = z.infer<typeof cancelledPayload>
