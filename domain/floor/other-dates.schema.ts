import { z } from 'zod'
import { reservationStatuses } from '@/domain/booking/types'
import { guestMarks } from '@/domain/guest/entry.schema'
import { serviceDate } from '@/domain/schedule/schema'
import { typedKeyword } from '@/lib/text/field'

export const partySearch = z.strictObject({
  /** Part of the name, its first consonants, or the end of the phone number. */
  search: typedKeyword({ least: 2, most: 40 }),
  /** The date already on the screen, which is left out. */
  date: serviceDate,
})

/** A party of another date, with the facts staff at the door need. */
export const partyOnOtherDate = z.object({
  reservationId: z.uuid(),
  serviceDate: z.iso.date(),
  startsAt: z.iso.datetime(),
  status: z.enum(reservationStatuses),
  partySize: z.int(),
  name: z.string().nullable(),
  /** As they were said with the reservation. Null: none were. */
  allergies: z.string().nullable(),
  /** Its person in the guest book. Null: nobody has written them down. */
  entry: guestMarks.nullable(),
})

export const partiesOnOtherDates = z.object({ items: z.array(partyOnOtherDate) })

export type PartyOnOtherDate = z.infer<typeof partyOnOtherDate>
