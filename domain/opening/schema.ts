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

/** An opening as anybody may see it: the same for everybody, and nothing in it tells an order early. */
export const opening = z.object({
  id: z.uuid(),
  restaurantId: z.uuid(),
  serviceDate: z.iso.date(),
  state: openingState,
  lobbyOpensAt: instant,
  opensAt: instant,
  /** Until then booking needs a turn. */
  gateUntil: instant,
  orderBy: z.enum(['DRAW', 'ARRIVAL']),
  rates: z.array(openingRate),
  /** sha256 of the secret. */
  commitment: hash,
  /** What was announced, once and for all: its first rate, and the hash that each receipt carries. */
  announcement: z.object({ announcedAt: instant, turnsPerSecond: z.number(), hash }),
  beacon: z.object({
    /** Null: there is none; the operator could have known the order. */
    name: z.enum(['drand-quicknet', 'local']).nullable(),
    round: z.int().nullable(),
    /** Null before the draw, and when the beacon was silent for too long. */
    value: z.string().nullable(),
    proof: z.string().nullable(),
  }),
  /** How many are in the lobby; after the opening, how many were. */
  waiting: z.int(),
  /** Null before the opening. */
  entriesHash: hash.nullable(),
  /** Null before the draw. */
  secret: hash.nullable(),
  orderSeed: hash.nullable(),
  /** Why it was taken back, in the owner's words. Null: it stands. */
  cancelledFor: z.string().nullable(),
  drawnAt: instant.nullable(),
  /** By which receipts are checked: Ed25519, raw, base64url. The first signs. */
  receiptKeys: z.array(z.string()),
  asOf: instant,
  pollAfterMs: z.int(),
})

/** What entering answers; the receipt is the same again for whoever asks again. */
export const openingEntry = z.object({
  entryId,
  enteredAt: instant,
  /** False: came after the lobby had closed, and follows all of it. */
  inLobby: z.boolean(),
  /** The order Postgres gave; null where it is drawn. */
  number: z.int().nullable(),
  receipt: z.string(),
})

export const turnRequest = z.strictObject({ receipt: z.string().max(1_000) })
export const turnAnswer = z.object({ turn: z.string(), expiresAt: instant })

export type Opening = z.infer<typeof opening>
export type OpeningRate = z.infer<typeof openingRate>
export type OpeningState = z.infer<typeof openingState>
export type OpeningEntry = z.infer<typeof openingEntry>
