import type { Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'

/** Why a party can't be expected again on its date. */
export type ReturnRefusal = 'closed-day' | 'not-open-yet'

/**
 * Whether a party that had gone may be expected again on a date: its place has been promised away where
 * the date was closed meanwhile, or an opening announced. Refuses `closed-day`, and `not-open-yet` with
 * `opensAt`. The party's slots are locked, so that a date that is being closed waits. Locks nothing.
 */
export async function judgeReturn(
  tx: Transaction,
  {
    restaurantId,
    serviceDate,
    since = null,
  }: {
    restaurantId: string
    serviceDate: string
    /** The act that is taken back: what was so before it is not in its way. Null: all of it is. */
    since?: Date | null
  },
): Promise<Result<null, ReturnRefusal>> {
  const [date] = await tx.$queryRaw<{ isClosed: boolean; opensAt: string | null }[]>`
    SELECT d.closed AND (given.since IS NULL OR EXISTS (
             SELECT FROM audit_events e
              WHERE e.subject_id = d.restaurant_id AND e.act = 'CLOSE_DATE' AND e.at >= given.since
                AND (e.details ->> 'date')::date = d.service_date)) AS "isClosed",
           iso_instant(coalesce(
             (SELECT max(o.gate_until) FROM openings o
               WHERE o.restaurant_id = d.restaurant_id AND o.service_date = d.service_date AND o.cancelled_at IS NULL
                 AND o.gate_until > now() AND (given.since IS NULL OR o.created_at >= given.since)),
             CASE WHEN given.since IS NULL AND d.opens_at > now() THEN d.opens_at END)) AS "opensAt"
      FROM service_dates d
     CROSS JOIN (SELECT ${since}::timestamptz AS since) given
     WHERE d.restaurant_id = ${restaurantId}::uuid AND d.service_date = ${serviceDate}::date`
  if (date?.isClosed) return refuse('closed-day')
  return date?.opensAt ? refuse('not-open-yet', { opensAt: date.opensAt }) : succeed(null)
}
