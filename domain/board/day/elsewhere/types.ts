import type { z } from 'zod'
import type { partyElsewhere } from './schema'

export type PartyElsewhere = z.infer<typeof partyElsewhere>
