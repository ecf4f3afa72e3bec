import type { z } from 'zod'
import type { partyElsewhere } from './other-dates.schema'

export type PartyElsewhere = z.infer<typeof partyElsewhere>
