import { z } from 'zod'
import { orderBy, turnsPerSecond } from './plan.schema'

/** More than have ever come to one opening. */
const MOST_PEOPLE = 300_000
const seconds = z.number()
const count = z.number().min(0)

/** What an owner asks for. */
export const rehearsalWish = z.strictObject({
  openingId: z.uuid(),
  /** How many people the owner expects. */
  people: z.int().min(10).max(MOST_PEOPLE),
})

/** What this deployment takes, as a probe measured it. */
export const rehearsalRates = z.object({
  /** Entries and bookings that Postgres takes of one process. */
  entriesPerSecond: z.number().positive(),
  bookingsPerSecond: z.number().positive(),
  /** Small requests that all processes answer together. Null: they could not be reached. */
  requestsPerSecond: z.number().positive().nullable(),
  /** The same of snapshots. Null: a cache in front of the processes answers them, or as above. */
  pollsPerSecond: z.number().positive().nullable(),
})

const seats = z.object({ minParty: z.int(), maxParty: z.int(), count: z.int().min(0) })

export const rehearsalSettings = z.object({
  people: z.int(),
  lobbySeconds: z.number().positive(),
  /** Within so many seconds after the opening those come who come late. */
  lateSeconds: z.number().positive(),
  gateSeconds: z.number().positive(),
  turnsPerSecond,
  orderBy,
  /** From the opening to its draw. */
  drawnAfterSeconds: seconds,
  /** How long each group of latecomers is that is drawn together. Null: in order of arrival. */
  cohortSeconds: z.number().positive().nullable(),
  /** The free seats of each time. */
  times: z.array(z.array(seats)),
})

/** Counts so far at evenly spaced instants: the first at `fromSeconds` from the opening. */
export const rehearsalCurves = z.object({
  fromSeconds: seconds,
  stepSeconds: z.number().positive(),
  arrived: z.array(count),
  entered: z.array(count),
  turns: z.array(count),
  seatsLeft: z.array(count),
})

/** Instants are seconds after the opening. */
export const rehearsalFigures = z.object({
  /** Who is drawn at the opening. */
  inLobby: count,
  /** Who came before the opening, and entered too late for the lobby. */
  countedLate: count,
  /** How long entering takes for those who come in time: for half of them, for 99 in 100. */
  enteringSeconds: z.object({ median: seconds, most: seconds }),
  /** How long a turn waits for its answer, for all but one in a hundred. */
  turnWaitSeconds: seconds,
  /** Null: seats are left when every turn has come. */
  soldOutSeconds: seconds.nullable(),
  allKnowSeconds: seconds,
  seats: z.int(),
  seatsLeft: z.int(),
})

export const mendings = ['earlier-lobby', 'lower-rate', 'more-processes'] as const
export const rehearsalAdvice = z.object({
  kind: z.enum(mendings),
  /** Minutes of the lobby, turns per second, or how many times as many processes. */
  to: z.number(),
  /** What it mends, in seconds: now, and then. */
  mends: z.enum(['entering', 'turns', 'knowing']),
  nowSeconds: seconds,
  thenSeconds: seconds,
})

/** Everything that is kept of a rehearsal. */
export const rehearsed = z.object({
  settings: rehearsalSettings,
  rates: rehearsalRates,
  figures: rehearsalFigures,
  curves: rehearsalCurves,
  advice: z.array(rehearsalAdvice),
})

export type RehearsalRates = z.infer<typeof rehearsalRates>
export type RehearsalSettings = z.infer<typeof rehearsalSettings>
export type RehearsalCurves = z.infer<typeof rehearsalCurves>
export type RehearsalFigures = z.infer<typeof rehearsalFigures>
export type RehearsalAdvice = z.infer<typeof rehearsalAdvice>
export type Rehearsed = z.infer<typeof rehearsed>
