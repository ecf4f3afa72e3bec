import { z } from 'zod'
import { serviceDate } from '@/domain/schedule/schema'
import type { Reason } from '@/lib/problems/problem'
import { typedText } from '@/lib/text/field'
import { opening } from './schema'

/** The longest lobby and the longest gate, in minutes. */
export const LONGEST_LOBBY_MINUTES = 7 * 24 * 60
export const LONGEST_GATE_MINUTES = 24 * 60
export const LONGEST_REASON = 200

export const turnsPerSecond = z.number().min(0.01).max(10_000)
const lobbyMinutes = z.int().min(1).max(LONGEST_LOBBY_MINUTES)
const gateMinutes = z.int().min(1).max(LONGEST_GATE_MINUTES)
export const orderBy = z.enum(['DRAW', 'ARRIVAL'])

const terms = { lobbyMinutes, gateMinutes, orderBy: orderBy.default('DRAW'), turnsPerSecond }

/** The fields of a plan; the database judges its instants. */
export const openingPlan = z.strictObject({
  serviceDate,
  // Only years that Postgres and every calendar support.
  opensAt: z.iso.datetime().regex(/^[12]\d{3}-/),
  ...terms,
})

/** The same as a form has it: a date and a time by the restaurant's wall clock. */
export const openingDraft = z.strictObject({
  restaurantId: z.uuid(),
  serviceDate,
  opensOn: serviceDate,
  opensTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  ...terms,
})

/** Fields that are fixed once an opening is announced; a request that names one is told so. */
const announced = z.unknown().optional()
const fixed = {
  serviceDate: announced,
  opensAt: announced,
  lobbyOpensAt: announced,
  gateUntil: announced,
  lobbyMinutes: announced,
  gateMinutes: announced,
  orderBy: announced,
  secret: announced,
  commitment: announced,
  beacon: announced,
}

/**
 * A new rate. `shown` is the rate on the owner's screen: if it has changed meanwhile, nothing is
 * written. Absent: overwrite any rate.
 */
export const rateChange = z.strictObject({ turnsPerSecond, shown: turnsPerSecond.optional() })
export const openingChange = rateChange.partial().extend(fixed).strict()

export const cancellation = z.strictObject({
  reason: typedText({ least: 1, most: LONGEST_REASON }),
})

/** Doubts about a plan that don't prevent its announcement. */
export const planDoubt = z.enum(['no-schedule', 'open-already', 'unpublished', 'no-such-wall-time'])

export const planPreview = z.object({
  serviceDate,
  lobbyOpensAt: z.iso.datetime(),
  opensAt: z.iso.datetime(),
  gateUntil: z.iso.datetime(),
  beaconName: opening.shape.beacon.shape.name,
  /** Seats that can be booked on the date; 0 without a schedule. */
  slots: z.int(),
  /** Of these, how many are taken. */
  taken: z.int(),
  doubts: z.array(planDoubt),
})

export type OpeningDraft = z.infer<typeof openingDraft>
export type OpeningPlan = z.infer<typeof openingPlan>
export type OpeningChange = z.infer<typeof openingChange>
export type PlanDoubt = z.infer<typeof planDoubt>
export type PlanPreview = z.infer<typeof planPreview>

/** The facts a plan is judged by, all read at one instant of the database's clock. */
export type PlanFacts = {
  today: string
  /** The restaurant's service date at the instant of the opening. */
  dateThen: string
  /** Far enough ahead for diners to hear of it. */
  isAhead: boolean
  sameDayOnly: boolean
  horizonDays: number
  isClosed: boolean
  hasOpening: boolean
}

export type PlanRefusal = Extract<
  Reason,
  | 'past-date'
  | 'past-time'
  | 'opening-too-late'
  | 'opening-too-early'
  | 'closed-day'
  | 'opening-exists'
>
