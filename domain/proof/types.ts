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

/** What the page says before the log itself is asked for: its facts, counts and first rows. */
export type ProofSummary = {
  facts: LogFacts
  counts: { late: number; turns: number; sold: number; byHouse: number; capacity: number }
  turns: GivenTurn[]
  bookings: SlotTaken[]
  slots: OpeningLog['slots']
}
