import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import { COHORT_SECONDS, ROUND_AFTER_MS } from '@/domain/opening/cohort.rules'
import { makeRestaurants } from '../restaurants'
import type { Truth } from './check'

export interface Fixture {
  openingId: string
  restaurantId: string
  serviceDate: string
}

/**
 * A fresh restaurant of 40 tables and 5 seatings, and its opening in that many seconds. By SQL,
 * because an owner has to announce one minutes ahead; the rows are those that announcing writes.
 * `beacon`: the local one.
 */
export async function createFixture({
  pool,
  opensInMs,
  turnsPerSecond,
  beacon,
}: {
  pool: Pool
  opensInMs: number
  turnsPerSecond: number
  beacon: 'local' | null
}): Promise<Fixture> {
  const [restaurant] = await makeRestaurants({ pool, count: 1 })
  if (!restaurant) throw new Error('expected a restaurant')
  const { restaurantId, serviceDate } = restaurant
  const { rows } = await pool.query<{ id: string }>(
    `WITH made AS (
       INSERT INTO openings (restaurant_id, service_date, lobby_opens_at, opens_at, gate_until, order_by,
                             secret, commitment, beacon, beacon_round, cohort_seconds)
       SELECT $1, $2, now() - interval '1 ms', at, at + interval '1 hour', 'DRAW', $3::bytea,
              commit_to($3::bytea, at, at + interval '1 hour', $7::smallint), $4::text,
              CASE WHEN $4::text IS NOT NULL THEN ceil(extract(epoch FROM at))::bigint + $8 END, $7::smallint
         FROM (SELECT now() + make_interval(secs => $5::float8) AS at) AS instant
       RETURNING id, opens_at
     ), paced AS (
       INSERT INTO opening_rates (opening_id, from_at, turns_per_second) SELECT id, opens_at, $6 FROM made
     ), dated AS (
       UPDATE service_dates SET opens_at = made.opens_at FROM made
        WHERE restaurant_id = $1 AND service_date = $2
     )
     SELECT id FROM made`,
    [
      ...[restaurantId, serviceDate, randomBytes(32), beacon, opensInMs / 1000, turnsPerSecond],
      ...[COHORT_SECONDS, ROUND_AFTER_MS / 1000],
    ],
  )
  const openingId = rows[0]?.id
  if (!openingId) throw new Error('expected an opening')
  return { openingId, restaurantId, serviceDate }
}

/**
 * How far the database's clock is ahead of this process' monotonic one: the middle of the fastest
 * answer.
 */
export async function compareClocks(pool: Pool): Promise<number> {
  let best = { tookMs: Number.POSITIVE_INFINITY, aheadMs: 0 }
  for (let tries = 0; tries < 7; tries += 1) {
    const beforeMs = performance.now()
    const { rows } = await pool.query<{ ms: number }>(
      'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms',
    )
    const tookMs = performance.now() - beforeMs
    const aheadMs = (rows[0]?.ms ?? 0) - (beforeMs + tookMs / 2)
    if (tookMs < best.tookMs) best = { tookMs, aheadMs }
  }
  return best.aheadMs
}

/** How many bookings wait to be told; that they draw near is told when they do. */
export async function countUnsent({
  pool,
  fixture,
}: {
  pool: Pool
  fixture: Fixture
}): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM notices
      WHERE restaurant_id = $1 AND state = 'QUEUED' AND kind = 'RESERVATION_CONFIRMED'`,
    [fixture.restaurantId],
  )
  return rows[0]?.count ?? 0
}

/** As if a minute had passed: another process may send what a killed one was sending. */
export async function endLeases({
  pool,
  fixture,
}: {
  pool: Pool
  fixture: Fixture
}): Promise<void> {
  await pool.query(
    `UPDATE notices SET lease_until = now() - interval '1 ms'
      WHERE restaurant_id = $1 AND state = 'QUEUED' AND lease_until > now()`,
    [fixture.restaurantId],
  )
}

/** The rows; the opening itself is read as the public reads it. */
export async function readRows({
  pool,
  fixture,
}: {
  pool: Pool
  fixture: Fixture
}): Promise<Omit<Truth, 'opening'>> {
  const { openingId, restaurantId } = fixture
  const entries = await pool.query<Truth['entries'][number]>(
    `SELECT account_id AS "accountId", entry_id AS "entryId", in_lobby AS "inLobby", number, cohort
       FROM opening_entries WHERE opening_id = $1`,
    [openingId],
  )
  const cohorts = await pool.query<Truth['cohorts'][number]>(
    `SELECT cohort, entry_count AS "entryCount", entries_hash AS "entriesHash", order_seed AS "orderSeed",
            iso_instant(drawn_at) AS "drawnAt"
       FROM opening_cohorts WHERE opening_id = $1 ORDER BY cohort`,
    [openingId],
  )
  const reservations = await pool.query<Truth['reservations'][number]>(
    `SELECT v.id, v.diner_id AS "accountId", array_agg(c.slot_id::text) AS "slotIds",
            extract(epoch FROM v.created_at)::float8 * 1000 AS "createdMs"
       FROM reservations v JOIN reservation_slots c ON c.reservation_id = v.id AND c.released_at IS NULL
      WHERE v.restaurant_id = $1 AND v.status IN ('HELD', 'CONFIRMED', 'SEATED') GROUP BY v.id`,
    [restaurantId],
  )
  const turns = await pool.query<Truth['turns'][number]>(
    `SELECT entry_id AS "entryId", extract(epoch FROM given_at)::float8 * 1000 AS "givenMs"
       FROM opening_turns WHERE opening_id = $1`,
    [openingId],
  )
  const seats = await pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM slots WHERE restaurant_id = $1 AND deleted_at IS NULL',
    [restaurantId],
  )
  return {
    entries: entries.rows,
    cohorts: cohorts.rows,
    reservations: reservations.rows,
    turns: turns.rows,
    seats: seats.rows[0]?.count ?? 0,
  }
}
