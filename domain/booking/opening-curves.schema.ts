import { z } from 'zod'
import { rehearsalCurves } from '@/domain/opening/rehearsal.schema'

/** What has really happened, at the instants of the rehearsed curves; up to now. */
export const openingCurves = rehearsalCurves.omit({ arrived: true }).extend({
  /** Whether there is more to come. */
  isRunning: z.boolean(),
  asOf: z.iso.datetime(),
  pollAfterMs: z.int(),
})

export type OpeningCurves = z.infer<typeof openingCurves>
