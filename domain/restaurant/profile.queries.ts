import type { Transaction } from '@/lib/db/transaction'

/**
 * Wall minutes in its restaurant's zone since the midnight on which a slot's service date begins.
 */
const WALL_MINUTES = `
  extract(epoch FROM (s.starts_at AT TIME ZONE r.time_zone) - s.service_date::timestamp) / 60`

/**
 * The reason a restaurant can't change its time zone, by the database's clock: the wall times of
 * coming seatings would change. Null: none.
 */
export async function findZoneConflict(
  tx: Transaction,
  restaurantId: string,
): Promise<'has-reservations' | 'has-schedule' | null> {
  const [coming] = await tx.$queryRaw<{ slots: number; taken: number }[]>`
    SELECT count(*)::int AS slots,
           (count(*) FILTER (WHERE NOT is_slot_free(taken, held_until, now())))::int AS taken
      FROM slots
     WHERE restaurant_id = ${restaurantId}::uuid AND deleted_at IS NULL AND ends_at > now()`
  if (!coming || coming.slots === 0) return null
  return coming.taken > 0 ? 'has-reservations' : 'has-schedule'
}

/**
 * Whether a day cut would fall into service: a weekly stretch or coming seating starts before it,
 * or so late that the next day has begun.
 */
export async function findDayCutConflict(
  tx: Transaction,
  { restaurantId, dayCutMinutes }: { restaurantId: string; dayCutMinutes: number },
): Promise<boolean> {
  const [found] = await tx.$queryRawUnsafe<{ conflicts: boolean }[]>(
    `SELECT EXISTS (SELECT FROM restaurant_hours
                     WHERE restaurant_id = $1::uuid
                       AND (from_minutes < $2::int OR to_minutes > 1440 + $2::int))
         OR EXISTS (SELECT FROM slots s JOIN restaurants r ON r.id = s.restaurant_id
                     WHERE s.restaurant_id = $1::uuid AND s.deleted_at IS NULL AND s.ends_at > now()
                       AND NOT ${WALL_MINUTES} BETWEEN $2::int AND 1439 + $2::int) AS conflicts`,
    restaurantId,
    dayCutMinutes,
  )
  return found?.conflicts ?? true
}
