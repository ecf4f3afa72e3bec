import { z } from 'zod'
import { bookingRequest } from '@/domain/booking/schema'

/** What the diner is about to confirm. */
export const softHoldRequest = bookingRequest.pick({
  serviceDate: true,
  startsAt: true,
  partySize: true,
})
export type SoftHoldRequest = z.infer<typeof softHoldRequest>

/** Which one to give back, so that a late message can't end a newer one. */
export const softHoldRelease = z.strictObject({
  serviceDate: bookingRequest.shape.serviceDate,
  slotId: z.uuid(),
})

export const softHoldAnswer = z.object({
  slotId: z.uuid().nullable(),
  until: z.iso.datetime().optional(),
})

/** How Redis tells them: slot, holder and milliseconds left, three after three. */
export const softHoldList = z.array(z.coerce.string())
export const softHoldTaken = z.tuple([z.coerce.string(), z.coerce.number()])
