import { z } from 'zod'
import { partySize, serviceDate, startsAt } from '@/domain/schedule/schema'

/** The booking the diner is about to confirm. */
export const softHoldRequest = z.strictObject({ serviceDate, startsAt, partySize })
export type SoftHoldRequest = z.infer<typeof softHoldRequest>

/** Names the hold to release, so that a late message can't end a newer one. */
export const softHoldRelease = z.strictObject({
  serviceDate,
  slotId: z.uuid(),
})

export const softHoldAnswer = z.object({
  slotId: z.uuid().nullable(),
  until: z.iso.datetime().optional(),
})

/** Redis' reply: slot, holder and milliseconds left, in groups of three. */
export const softHoldList = z.array(z.coerce.string())
export const softHoldTaken = z.tuple([z.coerce.string(), z.coerce.number()])

/** A slot that a diner is confirming: a hint that others are free to ignore, never a promise. */
export type SoftHold = {
  slotId: string
  holderId: string
  /** The end, in this process's monotonic milliseconds. */
  untilMs: number
}

/**
 * The answer to a diner who asks for a soft hold. Null: no slot fits, or Redis did not answer; the
 * diner can book all the same.
 */
export type SoftHoldAnswer = { slotId: string; until: string } | { slotId: null }
