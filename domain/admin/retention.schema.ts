import { z } from 'zod'

/** What is kept of people and how long, and how much of it is forgotten already. */
export const privacyFigures = z.object({
  /** Numbers and addresses of guests that were forgotten, all restaurants together. */
  contactsForgotten: z.int(),
  kept: z.array(
    z.object({
      /** Its name in docs/privacy.md. */
      what: z.string(),
      /** An ISO 8601 duration. */
      keptFor: z.string(),
      /** `service-date`: its end. `made`, `due`, `over` and `used` are the thing's own instants. */
      since: z.enum(['service-date', 'made', 'due', 'over', 'used']),
    }),
  ),
  asOf: z.iso.datetime(),
})
export type PrivacyFigures = z.infer<typeof privacyFigures>
