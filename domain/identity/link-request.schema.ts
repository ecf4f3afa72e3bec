import { z } from 'zod'
import { requestStates } from './link-request.rules'

/** What a page polls while it waits for a mail to be used. */
export const ownRequestView = z.object({
  /** `none`: this browser has asked for no mail, or it was long ago. */
  state: z.enum([...requestStates, 'none']),
  /** The number that the mail's reader picks to sign this browser in. Null: they can't. */
  number: z.int().nullable(),
  asOf: z.iso.datetime(),
  pollAfterMs: z.int(),
})
export type OwnRequestView = z.infer<typeof ownRequestView>
