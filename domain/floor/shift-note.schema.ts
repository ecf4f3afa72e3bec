import { z } from 'zod'
import { serviceDate } from '@/domain/schedule/schema'
import { typedText } from '@/lib/text/field'

/** What the database holds at most. */
export const LONGEST_SHIFT_NOTE = 500

/** The service date it is for. Absent: today. */
export const shiftNoteQuery = z.strictObject({ date: serviceDate.optional() })

export const shiftNoteDraft = z.strictObject({
  /** Null or empty: none any more. */
  text: typedText({ most: LONGEST_SHIFT_NOTE })
    .transform((text) => text || null)
    .nullable(),
})

/** What one shift tells the next about a service date. */
export const shiftNote = z.object({
  /** 0: nobody has written one. */
  version: z.int(),
  text: z.string().nullable(),
  /** Who wrote it last. Null: nobody, or an account that is gone. */
  by: z.string().nullable(),
  at: z.iso.datetime().nullable(),
})
export type ShiftNote = z.infer<typeof shiftNote>
