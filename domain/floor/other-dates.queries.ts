import { readStaffRole } from '@/domain/restaurant/queries'
import { pool } from '@/lib/db/db'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { planSearch } from './other-dates.rules'
import type { PartyElsewhere } from './other-dates.types'

/** Nobody at the door reads further. */
const MOST_FOUND = 5

/** Whoever stands at the door meant a date near this one. */
const FIND = `
  SELECT v.id AS "reservationId", v.service_date AS "serviceDate", iso_instant(v.starts_at) AS "startsAt",
         v.status::text AS status, v.party_size AS "partySize", p.name
    FROM reservations v JOIN accounts p ON p.id = v.diner_id
   WHERE v.restaurant_id = $1 AND v.service_date BETWEEN $2::date - 60 AND $2::date + 366 AND v.service_date <> $2::date
     AND v.status <> 'EXPIRED' AND (v.status <> 'HELD' OR v.hold_expires_at > now())
     AND (replace(p.name, ' ', '') ~* $3 COLLATE "C" OR regexp_replace(p.phone, '\\D', '', 'g') LIKE '%' || $4)
   ORDER BY v.status = 'CANCELLED', abs(v.service_date - $2::date), v.starts_at
   LIMIT ${MOST_FOUND}`

/**
 * The restaurant's own guests of other dates, nearest first, those who cancelled last; for its staff
 * only. Refuses `not-found`, also to everybody who is not its staff.
 */
export async function findPartiesElsewhere({
  restaurantId,
  date,
  search,
  accountId,
}: {
  restaurantId: string
  /** The date not to look at again. */
  date: string
  search: string
  accountId: string
}): Promise<Result<PartyElsewhere[], 'not-found'>> {
  const role = await readStaffRole({ accountId, restaurantId })
  if (!role) return refuse('not-found')
  const { name, digits } = planSearch(search)
  if (name === null && digits === null) return succeed([])
  const { rows } = await pool.query<PartyElsewhere>(FIND, [restaurantId, date, name, digits])
  return succeed(rows)
}
