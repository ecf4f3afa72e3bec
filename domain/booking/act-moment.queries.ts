import type { Transaction } from '@/lib/db/transaction'
import { MOST_WAIT_HOURS } from './rules'

export type ActMoment = {
  at: Date
  /** The service date of that instant. */
  today: string
  /** That service date is over by now. */
  isOver: boolean
}

/**
 * When staff acted: now, or at the instant they tapped, if the act has waited for the network. An
 * instant to come counts as now, one long ago as the earliest that still counts. By the database's
 * clock.
 */
export async function readActMoment(
  tx: Transaction,
  { restaurantId, tappedAt }: { restaurantId: string; tappedAt?: string | undefined },
): Promise<ActMoment> {
  const [moment] = await tx.$queryRaw<ActMoment[]>`
    SELECT m.at, service_date_at(m.at, r.time_zone, r.day_cut_minutes)::text AS today,
           service_date_at(m.at, r.time_zone, r.day_cut_minutes)
             < service_date_at(now(), r.time_zone, r.day_cut_minutes) AS "isOver"
      FROM restaurants r,
           least(now(), greatest(${tappedAt ?? null}::timestamptz, now() - make_interval(hours => ${tappedAt ? MOST_WAIT_HOURS : 0}::int))) AS m (at)
     WHERE r.id = ${restaurantId}::uuid`
  if (!moment) throw new Error('the restaurant of an act is gone')
  return moment
}
