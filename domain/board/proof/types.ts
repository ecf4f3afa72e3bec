import type { z } from 'zod'
import type { accountAges, givenTurn, openingLog, slotTaken } from './schema'

export type AccountAges = z.infer<typeof accountAges>
export type GivenTurn = z.infer<typeof givenTurn>
export type SlotTaken = z.infer<typeof slotTaken>
export type OpeningLog = z.infer<typeof openingLog>
/** What stands before the lists. */
export type LogFacts = Omit<
  OpeningLog,
  'entries' | 'numbered' | 'turns' | 'bookings' | 'slots' | 'seal'
>
