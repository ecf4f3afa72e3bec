import { z } from 'zod'

const instant = z.iso.datetime()
const hash = z.string().regex(/^[0-9a-f]{64}$/)

export const entryId = z.string().regex(/^[0-9a-f]{32}$/)

export const openingRate = z.object({ fromAt: instant, turnsPerSecond: z.number().positive() })

export const openingState = z.enum([
  'ANNOUNCED',
  'LOBBY',
  'DRAWING',
  'OPEN',
  'SOLD_OUT',
  'OVER',
  'CANCELLED',
])

/**
 * The public view of an opening: the same for every reader, and nothing in it reveals the order
 * early.
 */
export const opening = z.object({
  id: z.uuid(),
  restaurantId: z.uuid(),
  serviceDate: z.iso.date(),
  state: openingState,
  lobbyOpensAt: instant,
  opensAt: instant,
  /** Until this instant booking needs a turn. */
  gateUntil: instant,
  orderBy: z.enum(['DRAW', 'ARRIVAL']),
  rates: z.array(openingRate),
  /** sha256 of the secret. */
  commitment: hash,
  /**
   * The announcement, which never changes: its first rate, and the hash that each receipt carries.
   */
  announcement: z.object({ announcedAt: instant, turnsPerSecond: z.number(), hash }),
  beacon: z.object({
    /** Null: there is no beacon, so the operator could have known the order. */
    name: z.enum(['drand-quicknet', 'local']).nullable(),
    round: z.int().nullable(),
    /** Null before the draw, and when the beacon stayed silent too long. */
    value: z.string().nullable(),
    proof: z.string().nullable(),
  }),
  /** Who comes after the opening. Null: they are numbered, as in openings announced before cohorts were. */
  late: z
    .object({
      /** How long a cohort is; the first begins at the opening. */
      cohortSeconds: z.int(),
      /** The last cohort that is drawn; 0: none. */
      drawnCohort: z.int(),
      /** The drawn ones of which a turn is still to come. */
      cohorts: z.array(
        z.object({
          cohort: z.int(),
          entryCount: z.int(),
          entriesHash: hash,
          orderSeed: hash,
          drawnAt: instant,
          /** Its turns come from then on, behind those of all before it. */
          turnsFrom: instant,
        }),
      ),
      /**
       * Since then every drawn turn has come: who enters books at once. Null: turns are still to come.
       */
      directFrom: instant.nullable(),
    })
    .nullable(),
  /**
   * How many entries all processes together take in a second, and how many wait for them, so that a phone
   * enters at a place of its own behind these. Null: nobody waits, or arrival counts.
   */
  entering: z.object({ perSecond: z.number(), ahead: z.int() }).nullable(),
  /** Entries in the lobby; after the opening, how many there were. */
  waiting: z.int(),
  /** Null before the opening. */
  entriesHash: hash.nullable(),
  /** Null before the draw. */
  secret: hash.nullable(),
  orderSeed: hash.nullable(),
  /** Why it was cancelled, in the owner's words. Null: it was not. */
  cancelledFor: z.string().nullable(),
  drawnAt: instant.nullable(),
  /** The keys that verify receipts: Ed25519, raw, base64url. The first one signs. */
  receiptKeys: z.array(z.string()),
  asOf: instant,
  pollAfterMs: z.int(),
})

/** The answer to entering; a repeated request gets the same receipt. */
export const openingEntry = z.object({
  entryId,
  enteredAt: instant,
  /** False: the diner came after the lobby had closed, and follows all of it. */
  inLobby: z.boolean(),
  /** The arrival number from Postgres; null when the order is drawn. */
  number: z.int().nullable(),
  /** Which cohort of latecomers it is drawn with. Null: none. */
  cohort: z.int().nullable(),
  receipt: z.string(),
})

export const turnRequest = z.strictObject({ receipt: z.string().max(1_000) })
export const turnAnswer = z.object({ turn: z.string(), expiresAt: instant })

export type Opening = z.infer<typeof opening>
export type OpeningRate = z.infer<typeof openingRate>
export type OpeningState = z.infer<typeof openingState>
export type OpeningEntry = z.infer<typeof openingEntry>
