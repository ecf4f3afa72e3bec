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
  /** HOUSE: the restaurant's own walk-in or booking for a guest, which needs no turn. */
  by: z.enum(['DINER', 'HOUSE']),
  /**
   * Null: the party never entered the opening; what staff seated or booked, and bookings before it.
   */
  entry: entryId.nullable(),
  slot: z.uuid(),
  /** When it was booked; judged against announcement, turn and gate. */
  bookedAt: instant,
  /** Since when the table is taken; later than `bookedAt` where a cancellation was undone. */
  takenAt: instant,
  /** Null: the table was not given back. */
  releasedAt: instant.nullable(),
})

/**
 * Everything a stranger needs to check an opening, with no personal data beyond entry ids. The file
 * ends with its own sha256 and signature: docs/decisions/0014-checking-an-opening.md.
 */
export const openingLog = z.object({
  /** 1: latecomers are numbered, and what tells of cohorts is missing or empty. */
  format: z.enum(['bobjool-opening-log/1', 'bobjool-opening-log/2']),
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
    cohortSeconds: z.int().nullable(),
  }),
  announcementHash: hash,
  asOf: instant,
  /** The gate is gone; only bookings that need no turn are still added. */
  isSettled: z.boolean(),
  /** The service date is over, so the log no longer changes. */
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
  /** The cohorts of latecomers that are drawn; empty ones are not. */
  cohorts: z.array(
    z.object({
      cohort: z.int(),
      frozenAt: instant,
      entryCount: z.int(),
      entriesHash: hash,
      secret: hash,
      beaconRound: z.int().nullable(),
      beaconValue: hash.nullable(),
      beaconProof: z.string().nullable(),
      drawnAt: instant,
      orderSeed: hash,
    }),
  ),
  /** Since when every drawn turn had come. Null: turns were still to come. */
  directFrom: instant.nullable(),
  rates: z.array(z.object({ fromAt: instant, turnsPerSecond: z.number(), setAt: instant })),
  receiptKeys: z.array(z.string()),
  slots: z.array(
    z.object({
      id: z.uuid(),
      startsAt: instant,
      tableNumber: z.int(),
      /** Staff made it for one party; the opening never offered it. */
      isOffPlan: z.boolean(),
    }),
  ),
  entries: z.array(entryId),
  numbered: z.array(z.object({ entry: entryId, number: z.int() })),
  /** Latecomers who are not numbered, by cohort and id. `cohort` null: after every turn had come. */
  late: z.array(z.object({ entry: entryId, cohort: z.int().nullable(), enteredAt: instant })),
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
  'entries' | 'numbered' | 'late' | 'turns' | 'bookings' | 'slots' | 'seal'
>

/** How many bookings each group has; a booking is in exactly one. */
export type BookingGroups = {
  /** By diners, with a turn that had been given. */
  withTurn: number
  /** Before the opening was announced, when no booking needed a turn. */
  beforeAnnouncement: number
  /** Walk-ins seated, and guests booked, by the staff. */
  byStaff: number
  /** Once the gate had ended, when anybody could book. */
  afterGate: number
  /** While a turn was needed, without one that had been given: there must be none. */
  withoutTurn: number
}

/** What the page shows before the visitor asks for the log itself: facts, counts and first rows. */
export type ProofSummary = {
  facts: LogFacts
  /** `sold`: tables taken when the gate ended, or by now. */
  counts: { late: number; turns: number; sold: number; capacity: number } & BookingGroups
  turns: GivenTurn[]
  bookings: SlotTaken[]
  slots: OpeningLog['slots']
}
