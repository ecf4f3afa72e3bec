import { z } from 'zod'
import { cursorField, dateField, wordField } from '@/domain/identity/admin.schema'

const name = z
  .string()
  .regex(/^[A-Z_]{1,40}$/)
  .nullable()
  .catch(null)
  .default(null)

/** What the address of the trail asks for. Dates are days in Korea, both included. */
export const trailQuery = z.object({
  /** An address or an id, exactly: who did it, or to whom it was done. */
  person: wordField,
  /** A slug or an id. */
  restaurant: wordField,
  subject: name,
  act: name,
  from: dateField,
  until: dateField,
  cursor: cursorField,
})
export type TrailQuery = z.infer<typeof trailQuery>
