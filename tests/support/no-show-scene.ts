import { pool } from '@/lib/db/database'

/** A no-show of a diner, on any service date of a restaurant. */
export async function miss({
  dinerId,
  restaurantId,
  serviceDate,
}: {
  dinerId: string
  restaurantId: string
  serviceDate: string
}): Promise<string> {
  await pool.query('INSERT INTO service_dates VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    restaurantId,
    serviceDate,
  ])
  const { rows } = await pool.query<{ id: string }>(
    `WITH missed AS (
       INSERT INTO reservations (restaurant_id, service_date, starts_at, ends_at, party_size, diner_id, status)
       SELECT r.id, $2::date, ($2::date + time '18:00') AT TIME ZONE r.time_zone,
              ($2::date + time '19:30') AT TIME ZONE r.time_zone, 2, $3, 'NO_SHOW'
         FROM restaurants r WHERE r.id = $1 RETURNING id, restaurant_id)
     INSERT INTO audit_events (actor_id, actor_role, restaurant_id, subject, subject_id, act, to_status)
     SELECT $3, 'DINER', restaurant_id, 'RESERVATION', id, 'BOOK', 'CONFIRMED' FROM missed
     RETURNING subject_id AS id`,
    [restaurantId, serviceDate, dinerId],
  )
  const [row] = rows
  if (!row) throw new Error('no such restaurant')
  return row.id
}

/** From when on a diner can book there again. Null: at once. */
export async function bookableFrom({
  dinerId,
  restaurantId,
}: {
  dinerId: string
  restaurantId: string
}): Promise<string | null> {
  const { rows } = await pool.query<{ from: string | null }>(
    `SELECT refusal ->> 'bookableFrom' AS "from" FROM judge_no_shows(p_diner => $1, p_restaurant => $2)`,
    [dinerId, restaurantId],
  )
  return rows[0]?.from ?? null
}
