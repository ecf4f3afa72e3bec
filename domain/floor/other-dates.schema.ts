import { z } from 'zod'
import { reservationStatuses } from '@/domain/booking/types'
import { serviceDate } from '@/domain/schedule/schema'

/** A part of the name, its first consonants, or how the phone number ends. */
export const partySearch = z.strictObject({
  search: z.string().trim().min(2).max(40),
  /** The date that is on the screen already, and not searched again. */
  date: serviceDate,
})

/** A party of another date, as somebody at the door needs to know it. */
export const partyOnOtherDate = z.object({
  reservationId: z.uuid(),
  serviceDate: z.iso.date(),
  startsAt: z.iso.datetime(),
  status: z.enum(reservationStatuses),
  partySize: z.int(),
  name: z.string().nullable(),
})

export const partiesOnOtherDates = z.object({ items: z.array(partyOnOtherDate) })

export type PartyOnOtherDate = z.infer<typeof partyOnOtherDate>
