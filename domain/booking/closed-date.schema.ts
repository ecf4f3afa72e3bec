import { z } from 'zod'
import { usualReasons } from '@/domain/notification/usual-reason.types'
import { dateToClose } from '@/domain/schedule/closure.schema'

/** More than any restaurant seats on a day. */
const MOST_PARTIES = 2_000

/**
 * A date to close; `cancelled` are the reservations on it that its owner was shown and cancels, never
 * without a reason for their guests.
 */
export const closedDate = dateToClose
  .extend({
    cancelled: z.array(z.uuid()).max(MOST_PARTIES).default([]),
    /** What the guests are told instead of the date's reason, each in their own language. */
    usualReason: z.enum(usualReasons).optional(),
  })
  .refine(
    ({ cancelled, reason, usualReason }) =>
      cancelled.length === 0 || Boolean(reason) || usualReason !== undefined,
    { path: ['reason'], error: 'the guests read why' },
  )
export type ClosedDate = z.infer<typeof closedDate>

/** A party to come on a date that is about to close. */
export const partyOfDate = z.object({
  id: z.uuid(),
  startsAt: z.iso.datetime(),
  partySize: z.int(),
  /** Null: the diner has deleted their account. */
  name: z.string().nullable(),
  tableNumbers: z.array(z.int()),
})
export type PartyOfDate = z.infer<typeof partyOfDate>
