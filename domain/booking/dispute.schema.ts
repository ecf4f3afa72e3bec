import { z } from 'zod'
import { typedText } from '@/lib/text/field'

/** What happened, in the diner's words. */
export const dispute = z.strictObject({ text: typedText({ least: 1, most: 300 }) })

/** Granted: the no-show counts no more. */
export const disputeDecision = z.strictObject({ grant: z.boolean() })

const instant = z.iso.datetime()

/** A no-show as its diner sees it. */
export const noShowView = z.object({
  /** The last service date of the restaurant on which it can be disputed. */
  disputableUntil: z.iso.date(),
  canDispute: z.boolean(),
  /** Null: not disputed. `granted` is null until it is decided; the no-show counts meanwhile. */
  dispute: z
    .object({
      text: z.string().nullable(),
      disputedAt: instant,
      granted: z.boolean().nullable(),
    })
    .nullable(),
  /**
   * After so many no-shows in so many months the restaurant takes no booking of the diner, or where it
   * `holds` confirms each by hand. `endsOn` is the first date on which this one counts no more. Null:
   * the restaurant does not count them.
   */
  rule: z
    .object({ limit: z.int(), months: z.int(), holds: z.boolean(), endsOn: z.iso.date() })
    .nullable(),
})
export type NoShowView = z.infer<typeof noShowView>

/** The dispute of one reservation. `granted` null: not decided. */
export const disputed = z.object({ id: z.uuid(), granted: z.boolean().nullable() })
export type Disputed = z.infer<typeof disputed>

/** A dispute as the staff of the restaurant see it. */
export type DisputeLine = {
  id: string
  serviceDate: string
  startsAt: string
  partySize: number
  /** Null: its person is forgotten. */
  name: string | null
  text: string | null
  disputedAt: string
  /** Null: not decided. */
  granted: boolean | null
}
