import { z } from 'zod'
import { entryId } from '@/domain/opening/schema'

const instant = z.iso.datetime()
const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** How many accounts of the lobby were at least so many days old, and younger than the next. */
export const accountAges = z.partialRecord(z.enum(['0', '1', '7', '30', '365']), z.int())

export const givenTurn = z.object({
  entry: entryId,
  /** When it came, by the formula; null: no entry by that id is left. */
  dueAt: instant.nullable(),
  givenAt: instant,
})

export const slotTaken = z.object({
  /** HOUSE: the restaurant's own walk-in, which needs no turn. */
  by: z.enum(['DINER', 'HOUSE']),
  /** Null: never entered the opening, as the restaurant's own and those before it. */
  entry: entryId.nullable(),
  slot: z.uuid(),
  takenAt: instant,
  /** Null: not given back while the gate stood. */
  releasedAt: instant.nullable(),
})

/**
 * All that a stranger needs to check an opening, and nothing of any person but the ids of entries.
 * As a file it ends with its own sha256 and signature: docs/decisions/0014-checking-an-opening.md.
 */
export const openingLog = z.object({
  format: z.literal('bobjool-opening-log/1'),
  announcement: z.object({
    id: z.uuid(),
    restaurantId: z.uuid(),
    serviceDate: z.iso.date(),
    announcedAt: instant,
    lobbyOpensAt: instant,
    opensAt: instant,
    gateUntil: instant,
    orderBy: z.enum(['DRAW', 'ARRIVAL']),
    turnsPerSecond: z.number(),
    commitment: hash,
    beacon: z.string().nullable(),
    beaconRound: z.int().nullable(),
  }),
  announcementHash: hash,
  asOf: instant,
  /** The gate is gone: nothing of it changes any more. */
  isFinal: z.boolean(),
  frozenAt: instant,
  entryCount: z.int(),
  entriesHash: hash,
  accountAges: accountAges.nullable(),
  drawnAt: instant,
  secret: hash,
  orderSeed: hash,
  beaconValue: hash.nullable(),
  beaconProof: z.string().nullable(),
  rates: z.array(z.object({ fromAt: instant, turnsPerSecond: z.number(), setAt: instant })),
  receiptKeys: z.array(z.string()),
  slots: z.array(z.object({ id: z.uuid(), startsAt: instant, tableNumber: z.int() })),
  entries: z.array(entryId),
  numbered: z.array(z.object({ entry: entryId, number: z.int() })),
  turns: z.array(givenTurn),
  bookings: z.array(slotTaken),
  seal: z.object({ sha256: hash, signature: z.string() }),
})

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
  counts: { late: number; turns: number; sold: number; byRestaurant: number; capacity: number }
  turns: GivenTurn[]
  bookings: SlotTaken[]
  slots: OpeningLog['slots']
}
