import { readStaffRole } from '@/domain/restaurant/queries'
import { pool } from '@/lib/db/db'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import type { CheckIn } from './check-in.types'

const FIND = `
  SELECT v.id AS "reservationId", r.id AS "restaurantId", r.slug, r.name AS "restaurantName",
         r.name_en AS "restaurantNameEn", v.service_date AS "serviceDate",
         service_date_at(now(), r.time_zone, r.day_cut_minutes) AS today,
         iso_instant(v.starts_at) AS "startsAt",
         CASE WHEN v.status = 'HELD' AND v.hold_expires_at <= now() THEN 'EXPIRED'
              WHEN v.status = 'SEATED' AND v.ends_at <= now() THEN 'LEFT' ELSE v.status::text END AS status
    FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id AND r.deleted_at IS NULL
   WHERE v.id = $1`

/**
 * Where the reservation whose code was read belongs, for the staff of its restaurant. Refuses
 * `not-found`, also to everybody else: a code tells a stranger nothing.
 */
export async function findCheckIn({
  reservationId,
  accountId,
}: {
  reservationId: string
  accountId: string
}): Promise<Result<CheckIn, 'not-found'>> {
  const { rows } = await pool.query<CheckIn>(FIND, [reservationId])
  const [found] = rows
  const role = found && (await readStaffRole({ accountId, restaurantId: found.restaurantId }))
  return found && role ? succeed(found) : refuse('not-found')
}
