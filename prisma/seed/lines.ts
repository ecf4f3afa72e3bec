import { createHash } from 'node:crypto'
import type { Database } from '../rows'

/** The parties waiting at `corner`, in the order in which they come to its door. */
const parties = [2, 2, 4, 1, 3]
const restaurants = ['corner', 'friday', 'garden']

/**
 * Opens the line of each demo restaurant that has none yet, with a few parties in that of `corner`
 * on its first day. Returns how many were opened.
 */
export async function openLines({
  db,
  ids,
}: {
  db: Database
  ids: Map<string, string>
}): Promise<number> {
  let opened = 0
  for (const slug of restaurants) {
    const restaurantId = ids.get(slug)
    if (!restaurantId) continue
    const { rowCount } = await db.query(
      `INSERT INTO line_settings (restaurant_id, state) VALUES ($1, 'OPEN') ON CONFLICT DO NOTHING`,
      [restaurantId],
    )
    opened += rowCount ?? 0
    if (rowCount && slug === 'corner') {
      await rememberEvenings({ db, restaurantId })
      await fillLine({ db, restaurantId })
    }
  }
  return opened
}

/** Through the function by which every party joins, as the tablet at the door would. */
async function fillLine({ db, restaurantId }: { db: Database; restaurantId: string }) {
  const tokenHash = createHash('sha256').update(restaurantId).digest('base64url')
  await db.query(`INSERT INTO kiosks (restaurant_id, name, token_hash) VALUES ($1, '입구', $2)`, [
    restaurantId,
    tokenHash,
  ])
  for (const [index, partySize] of parties.entries())
    await db.query(
      `SELECT take_ticket($1, 'KIOSK', NULL, NULL, $2, $3, 'demo', $4, 'IN_STORE', NULL, NULL, 'ko', NULL)`,
      [restaurantId, tokenHash, `demo-${index}`, partySize],
    )
  // Nobody has this tablet's token; the owner connects a tablet of their own.
  await db.query('UPDATE kiosks SET revoked_at = now() WHERE token_hash = $1', [tokenHash])
}

/**
 * A fortnight of evenings at `corner`, ten parties each: from them the wait is quoted as a range,
 * with how often past ranges held. Most parties were called about when they were told, some sooner
 * or later.
 */
async function rememberEvenings({ db, restaurantId }: { db: Database; restaurantId: string }) {
  await db.query(
    `WITH evenings AS (
       INSERT INTO lines (restaurant_id, service_date, last_number)
       SELECT id, service_date_at(now(), time_zone, day_cut_minutes) - days, 10
         FROM restaurants, generate_series(1, 14) AS days WHERE id = $1
       RETURNING service_date),
     parties AS (
       SELECT service_date, number, least(number - 1, 5) AS ahead,
              service_date + time '09:00' + make_interval(mins => number * 6) AS taken_at,
              0.6 + ((number * 7 + extract(day FROM service_date)::int * 3) % 10) / 14.0 AS share
         FROM evenings, generate_series(1, 10) AS number)
     INSERT INTO tickets (restaurant_id, service_date, number, rank, party_size, dining, channel, asker_id, taken_key,
                          taken_hash, status, taken_at, called_at, first_called_at, ended_at, quote_ahead,
                          quote_basis_minutes, quote_from_minutes, quote_to_minutes)
     SELECT $1, service_date, number, number, 1 + number % 4, 'IN_STORE', 'KIOSK', gen_random_uuid(), 'demo', 'demo',
            'SEATED', taken_at AT TIME ZONE 'UTC', called, called, called + interval '3 minutes', ahead, basis,
            say_minutes(basis * 0.65), greatest(say_minutes(basis * 1.25), 1)
       FROM parties
       CROSS JOIN LATERAL (SELECT (ahead + 1) * 5.0 AS basis) AS expected
       CROSS JOIN LATERAL (SELECT (taken_at + make_interval(secs => basis * share * 60)) AT TIME ZONE 'UTC' AS called) AS came`,
    [restaurantId],
  )
}
