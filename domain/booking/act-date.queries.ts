import type { Transaction } from '@/lib/db/transaction'
import { MOST_WAIT_HOURS } from './rules'

/**
 * The service date on which staff acted: of now, or of the instant they tapped, if the act has
 * waited for the network. An instant to come counts as now, one long ago as the earliest that
 * still counts. By the database's clock.
 */
export async function readActDate(
  tx: Transaction,
  { restaurantId, tappedAt }: { restaurantId: string; tappedAt?: string | undefined },
): Promise<string> {
  const [restaurant] = await tx.$queryRaw<{ today: string }[]>`
    SELECT service_date_at(
             least(now(), greatest(${tappedAt ?? null}::timestamptz, now() - make_interval(hours => ${tappedAt ? MOST_WAIT_HOURS : 0}::int))),
             time_zone, day_cut_minutes)::text AS today
      FROM restaurants WHERE id = ${restaurantId}::uuid`
  if (!restaurant) throw new Error('the restaurant of an act is gone')
  return restaurant.today
}
