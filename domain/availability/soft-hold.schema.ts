import { z } from 'zod'
import { partySize, serviceDate, startsAt } from '@/domain/schedule/schema'

/** What the diner is about to confirm. */
export const softHoldRequest = z.strictObject({ serviceDate, startsAt, partySize })
export type SoftHoldRequest = z.infer<typeof softHoldRequest>

/** Which one to give back, so that a late message can't end a newer one. */
export const softHoldRelease = z.strictObject({
  serviceDate,
  slotId: z.uuid(),
})

export const softHoldAnswer = z.object({
  slotId: z.uuid().nullable(),
  until: z.iso.datetime().optional(),
})

/** How Redis tells them: slot, holder and milliseconds left, three after three. */
export const softHoldList = z.array(z.coerce.string())
export const softHoldTaken = z.tuple([z.coerce.string(), z.coerce.number()])

/** A slot that a diner is just confirming: a hint that nobody has to heed, never a promise. */
export type SoftHold = {
  slotId: string
  holderId: string
  /** Monotonic milliseconds of this process after which it is over. */
  untilMs: number
}

/** What somebody who asks for one gets; null: none fits, or Redis gave no answer. No obstacle. */
export type SoftHoldAnswer = { slotId: string; until: string } | { slotId: null }
