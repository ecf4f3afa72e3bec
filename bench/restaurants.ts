import type { Pool } from 'pg'
import type { HotDate, Seat } from './generator/plan'

/**
 * The restaurant of the day this product is built for: 40 tables and 5 seatings, 200 seats for one
 * service date. The day after tomorrow, so that a booking brings its reminders, and costs the same, at any
 * hour.
 */
export const TABLES = [
  { tables: 20, minParty: 1, maxParty: 2 },
  { tables: 14, minParty: 3, maxParty: 4 },
  { tables: 6, minParty: 5, maxParty: 6 },
]
export const SEATINGS = ['11:30', '13:00', '17:30', '19:00', '20:30']
const SEATING_MINUTES = 90
const TIME_ZONE = 'Asia/Seoul'
export const SEATS_PER_DATE = 200

/** `$1` how many. No deleted or taken slots. In one statement, because it is thousands. */
const MAKE_RESTAURANTS = `
  WITH restaurants AS (
    INSERT INTO restaurants (slug, name, category, region, address, phone, description, time_zone)
    SELECT 'bench-' || replace(gen_random_uuid()::text, '-', ''), '금요일', '한식', '성수', '서울 성동구', '02-0000-0000', '',
           '${TIME_ZONE}'
      FROM generate_series(1, $1::int)
    RETURNING id, service_date_at(now(), time_zone, day_cut_minutes) + 2 AS date
  ), dates AS (
    INSERT INTO service_dates (restaurant_id, service_date) SELECT id, date FROM restaurants
    RETURNING restaurant_id, service_date
  ), kinds AS (
    SELECT * FROM json_to_recordset($2::json) AS kind (tables int, "minParty" int, "maxParty" int)
  ), places AS (
    INSERT INTO restaurant_tables (restaurant_id, number, min_party, max_party)
    SELECT restaurants.id, row_number() OVER (PARTITION BY restaurants.id ORDER BY "maxParty"), "minParty", "maxParty"
      FROM restaurants CROSS JOIN kinds CROSS JOIN LATERAL generate_series(1, kinds.tables)
    RETURNING id, restaurant_id, min_party, max_party
  ), given AS (
    INSERT INTO slots (restaurant_id, service_date, table_id, starts_at, ends_at, min_party, max_party)
    SELECT restaurant_id, service_date, places.id, start, start + make_interval(mins => ${SEATING_MINUTES}), min_party, max_party
      FROM places JOIN dates USING (restaurant_id)
      CROSS JOIN LATERAL (
        SELECT (service_date + clock::time) AT TIME ZONE '${TIME_ZONE}' AS start FROM unnest($3::text[]) AS clock) AS times
  )
  SELECT id AS "restaurantId", date::text AS "serviceDate" FROM restaurants`

/** Empty restaurants, each with one service date to sell. */
export async function makeRestaurants({ pool, count }: { pool: Pool; count: number }) {
  const values = [count, JSON.stringify(TABLES), SEATINGS]
  const { rows } = await pool.query<HotDate>(MAKE_RESTAURANTS, values)
  return rows
}

/** Takes every slot of a date by a walk-in each, as one would be booked. */
const SELL_OUT = `
  WITH chosen AS (
    SELECT *, gen_random_uuid() AS reservation_id FROM slots WHERE restaurant_id = $1 AND service_date = $2
  ), parties AS (
    INSERT INTO reservations (id, restaurant_id, service_date, starts_at, ends_at, party_size, walk_in, status)
    SELECT reservation_id, restaurant_id, service_date, starts_at, ends_at, min_party, true, 'CONFIRMED' FROM chosen
    RETURNING id
  ), taken_slots AS (
    INSERT INTO reservation_slots (reservation_id, slot_id)
    SELECT parties.id, chosen.id FROM parties JOIN chosen ON reservation_id = parties.id
  )
  UPDATE slots SET taken = true FROM chosen WHERE slots.id = chosen.id`

export async function sellOut({ pool, date }: { pool: Pool; date: HotDate }): Promise<void> {
  await pool.query(SELL_OUT, [date.restaurantId, date.serviceDate])
}

/** A line that any number may join, with that many in it already. */
export async function openLine({
  pool,
  restaurant,
  parties = 0,
}: {
  pool: Pool
  restaurant: Pick<HotDate, 'restaurantId'>
  parties?: number
}): Promise<void> {
  await pool.query(
    `WITH opened AS (INSERT INTO line_settings (restaurant_id, state) VALUES ($1, 'OPEN')),
     line AS (
       INSERT INTO lines SELECT id, service_date_at(now(), time_zone, day_cut_minutes), $2 FROM restaurants WHERE id = $1
       RETURNING service_date)
     INSERT INTO tickets (restaurant_id, service_date, number, rank, party_size, dining, channel, asker_id, taken_key, taken_hash)
     SELECT $1, service_date, n, n, 1 + n % 6, 'IN_STORE', 'KIOSK', gen_random_uuid(), 'bench', 'bench'
       FROM line, generate_series(1, $2::int) AS n`,
    [restaurant.restaurantId, parties],
  )
}

/** Every seat of one date, times and party sizes mixed evenly, in an order that never changes. */
export function listSeats({ serviceDate }: HotDate): Seat[] {
  const sizes = TABLES.flatMap(({ tables, minParty, maxParty }) =>
    Array.from({ length: tables }, (_, table) => (table % 2 === 0 ? minParty : maxParty)),
  )
  // 7 and 40 have no common divisor: every size once, neighbours far apart.
  const mixed = sizes.map((_, index) => sizes[(index * 7) % sizes.length] ?? 1)
  return mixed.flatMap((partySize) =>
    SEATINGS.map((clock) => ({ startsAt: `${serviceDate}T${clock}:00+09:00`, partySize })),
  )
}

/** Everybody may book anew: what diners have at one time would bar them from the next load's. */
export async function freeDiners(pool: Pool): Promise<void> {
  await pool.query('DELETE FROM reservations WHERE NOT walk_in')
}

/** The diner whose bearer token is the first, as one of a restaurant’s staff. */
export async function employFirstDiner({
  pool,
  restaurantId,
}: Pick<HotDate, 'restaurantId'> & { pool: Pool }): Promise<void> {
  await pool.query(
    `INSERT INTO restaurant_staff (restaurant_id, account_id, role, wants_day_sheet)
     SELECT $1, id, 'STAFF', false FROM accounts WHERE email LIKE 'diner-%-1@bobjool.test'`,
    [restaurantId],
  )
}
