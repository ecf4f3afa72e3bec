import type { Transaction } from '@/lib/db/transaction'

/** Minutes on the wall of its restaurant from the midnight a slot's service date begins with. */
const WALL_MINUTES = `
  extract(epoch FROM (s.starts_at AT TIME ZONE r.time_zone) - s.service_date::timestamp) / 60`

/**
 * What keeps a restaurant in its time zone, judged by the database's clock: seatings to come would
 * stand at another hour on its wall. Null: nothing.
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
 * Whether a day cut would fall into service: a stretch of the week or a seating to come that begins
 * before it, or so late that the next day has begun.
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
