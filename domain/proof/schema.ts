import { z } from 'zod'
import { entryId } from '@/domain/opening/schema'

const instant = z.iso.datetime()
const hash = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * How many of the lobby's accounts were at least this many days old, and younger than the next
 * step.
 */
export const accountAges = z.partialRecord(z.enum(['0', '1', '7', '30', '365']), z.int())

export const givenTurn = z.object({
  entry: entryId,
  /** When the turn came, by the formula. Null: no entry with that id is left. */
  dueAt: instant.nullable(),
  givenAt: instant,
})

export const slotTaken = z.object({
  /** HOUSE: the restaurant's own walk-in, which needs no turn. */
  by: z.enum(['DINER', 'HOUSE']),
  /**
   * Null: the party never entered the opening; the restaurant's own walk-ins, and bookings before
   * it.
   */
  entry: entryId.nullable(),
  slot: z.uuid(),
  takenAt: instant,
  /** Null: the table was not given back while the gate stood. */
  releasedAt: instant.nullable(),
})

/**
 * Everything a stranger needs to check an opening, with no personal data beyond entry ids. The file
 * ends with its own sha256 and signature: docs/decisions/0014-checking-an-opening.md.
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
  /** The gate is gone, so the log no longer changes. */
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
/** The head of the log, before its lists. */
export type LogFacts = Omit<
  OpeningLog,
  'entries' | 'numbered' | 'turns' | 'bookings' | 'slots' | 'seal'
>

/** What the page shows before the visitor asks for the log itself: facts, counts and first rows. */
export type ProofSummary = {
  facts: LogFacts
  counts: { late: number; turns: number; sold: number; byRestaurant: number; capacity: number }
  turns: GivenTurn[]
  bookings: SlotTaken[]
  slots: OpeningLog['slots']
}
