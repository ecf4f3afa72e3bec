import { Temporal } from 'temporal-polyfill'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import type { NoShowView } from './dispute.schema'
import type { ReservationStatus } from './types'

/** For how many days after its service date a no-show can be disputed. */
const DISPUTE_DAYS = 14

/**
 * The first service date on which a no-show counts no more: so many calendar months after its own, or
 * the last day of a shorter month. The SQL function `judge_no_shows` counts alike.
 */
export function endNoShow({ serviceDate, months }: { serviceDate: string; months: number }) {
  return Temporal.PlainDate.from(serviceDate).add({ months }).toString()
}

/** The last service date of the restaurant on which a no-show can be disputed. */
export function lastDisputeDate(serviceDate: string): string {
  return Temporal.PlainDate.from(serviceDate).add({ days: DISPUTE_DAYS }).toString()
}

/** A no-show as the database has it. `today` is the restaurant's service date at this instant. */
export type NoShowFacts = {
  today: string
  disputedAt: string | null
  text: string | null
  granted: boolean | null
  /** Null: the restaurant does not count no-shows. */
  limit: number | null
  months: number | null
  /** The restaurant confirms bookings by hand instead of refusing them. */
  holds: boolean
}

/** A no-show as its diner sees it. */
export function describeNoShow({
  serviceDate,
  facts: { today, disputedAt, text, granted, limit, months, holds },
}: {
  serviceDate: string
  facts: NoShowFacts
}): NoShowView {
  const disputableUntil = lastDisputeDate(serviceDate)
  return {
    disputableUntil,
    canDispute: disputedAt === null && today <= disputableUntil,
    dispute: disputedAt === null ? null : { text, disputedAt, granted },
    rule:
      limit === null || months === null
        ? null
        : { limit, months, holds, endsOn: endNoShow({ serviceDate, months }) },
  }
}

/** Whether a diner's dispute is heard: of a no-show, the first one, and in time. */
export function judgeDispute({
  status,
  isDisputed,
  serviceDate,
  today,
}: {
  status: ReservationStatus
  isDisputed: boolean
  serviceDate: string
  today: string
}): Result<null, 'not-a-no-show' | 'already-disputed' | 'dispute-closed'> {
  if (status !== 'NO_SHOW') return refuse('not-a-no-show', { present: status })
  if (isDisputed) return refuse('already-disputed')
  const lastDate = lastDisputeDate(serviceDate)
  return today <= lastDate ? succeed(null) : refuse('dispute-closed', { lastDate })
}

/** Whether staff can decide a dispute: one that stands, and once. `granted` null: not decided. */
export function judgeDecision({
  status,
  isDisputed,
  granted,
}: {
  status: ReservationStatus
  isDisputed: boolean
  granted: boolean | null
}): Result<null, 'not-a-no-show' | 'not-disputed' | 'dispute-decided'> {
  if (status !== 'NO_SHOW') return refuse('not-a-no-show', { present: status })
  if (!isDisputed) return refuse('not-disputed')
  return granted === null ? succeed(null) : refuse('dispute-decided', { granted })
}
