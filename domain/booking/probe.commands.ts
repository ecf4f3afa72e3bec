import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { RehearsalRates } from '@/domain/opening/rehearsal.schema'
import { makeMailboxKey, nameEntry } from '@/lib/crypto/receipt'
import { pool } from '@/lib/db/database'
import { env } from '@/lib/env'
import { measureOwnRate } from '@/lib/http/own-requests'

/** As many as one statement of a process writes at most (`enterUnbooked`, `placeReservation`). */
const ENTRIES_TOGETHER = 128
const BOOKINGS_TOGETHER = 16
/** The first round warms up and does not count. */
const ENTRY_ROUNDS = 8
const BOOKING_ROUNDS = 32
export const PROBED_ENTRIES = ENTRIES_TOGETHER * ENTRY_ROUNDS
export const PROBED_BOOKINGS = BOOKINGS_TOGETHER * BOOKING_ROUNDS
/** What is not done by then is left out. */
const MOST_MS = 4_000
const COMMITS = 12
const REQUESTS = { most: 400, forMs: 1_000 }

/**
 * Measures what this deployment takes: real entries and bookings, by the functions and in the
 * batches of the product, at a restaurant and for diners that exist only inside a transaction which
 * is rolled back. So nothing of it is ever there for anybody else: no row, no notice, no event, and
 * nothing to tidy up where the process is killed. What a commit costs is measured by records that
 * no table has, and the processes' share by requests to the own address.
 *
 * Each round is a transaction of its own, a fraction of a second long, so that what waits for older
 * transactions to end (the feed's horizon, a vacuum) waits no longer than usual. Locks nothing that
 * another transaction could want.
 */
export async function measureRates({ openingId }: { openingId: string }): Promise<RehearsalRates> {
  const endMs = performance.now() + MOST_MS
  const entrySeconds = await repeat({ rounds: ENTRY_ROUNDS, endMs, measure: measureEntries })
  const bookingSeconds = await repeat({ rounds: BOOKING_ROUNDS, endMs, measure: measureBookings })
  const commitSeconds = await repeat({ rounds: COMMITS, endMs, measure: measureCommit })
  const small = await measureOwnRate({ path: '/api/v1/time', ...REQUESTS })
  const polls =
    small && (await measureOwnRate({ path: `/api/v1/openings/${openingId}`, ...REQUESTS }))
  return {
    entriesPerSecond: ENTRIES_TOGETHER / (entrySeconds + commitSeconds),
    bookingsPerSecond: BOOKINGS_TOGETHER / (bookingSeconds + commitSeconds),
    requestsPerSecond: small?.perSecond ?? null,
    pollsPerSecond: polls && !polls.isCached ? polls.perSecond : null,
  }
}

/** The median of what is measured again and again; at least three times. */
async function repeat({
  rounds,
  endMs,
  measure,
}: {
  rounds: number
  endMs: number
  measure: () => Promise<number>
}): Promise<number> {
  const measured: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    if (measured.length > 3 && performance.now() > endMs) break
    measured.push(await measure())
  }
  const [, ...warm] = measured
  return warm.toSorted((a, b) => a - b)[Math.floor(warm.length / 2)] ?? Number.NaN
}

async function takeSeconds(work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now()
  await work()
  return (performance.now() - beganMs) / 1_000
}

/** A transaction whose end is always a rollback; a connection that can't roll back is closed. */
async function rollBack<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    return await work(client)
  } finally {
    await client.query('ROLLBACK').catch((error: unknown) => {
      broken = error instanceof Error ? error : new Error(String(error))
    })
    client.release(broken)
  }
}

/**
 * A restaurant with 40 tables at one time in two days and its opening in an hour, and diners; `$1`
 * how many.
 */
const SET_UP = `
  WITH restaurant AS (
    INSERT INTO restaurants (slug, name, category, region, address, phone, description)
    SELECT 'rehearsal-' || gen_random_uuid(), 'rehearsal', '-', '-', '-', '02-0000-0000', ''
    RETURNING id, service_date_at(now(), time_zone, day_cut_minutes) + 2 AS date
  ), dated AS (
    INSERT INTO service_dates (restaurant_id, service_date) SELECT id, date FROM restaurant
    RETURNING restaurant_id, service_date, service_date + interval '12 hours' AS starts
  ), tables AS (
    INSERT INTO restaurant_tables (restaurant_id, number, min_party, max_party)
    SELECT id, n, 1, 4 FROM restaurant, generate_series(1, 40) AS n
    RETURNING id, restaurant_id
  ), given AS (
    INSERT INTO slots (restaurant_id, service_date, table_id, starts_at, ends_at, min_party, max_party)
    SELECT t.restaurant_id, d.service_date, t.id, d.starts, d.starts + interval '90 minutes', 1, 4
      FROM tables t, dated d
  ), diners AS (
    INSERT INTO accounts (email, name, email_confirmed_at)
    SELECT 'rehearsal-' || gen_random_uuid() || '@rehearsal.invalid', 'rehearsal', now()
      FROM generate_series(1, $1::int)
    RETURNING id
  ), opening AS (
    INSERT INTO openings (restaurant_id, service_date, lobby_opens_at, opens_at, gate_until, secret, commitment)
    SELECT id, date + 1, now() - interval '1 minute', now() + interval '1 hour', now() + interval '2 hours',
           secret, encode(sha256(secret), 'hex')
      FROM restaurant, (SELECT decode(repeat('00', 32), 'hex') AS secret) AS s
    RETURNING id
  )
  SELECT d.restaurant_id::text AS "restaurantId", d.service_date::text AS "serviceDate",
         iso_instant(d.starts::timestamptz) AS "startsAt", o.id::text AS "openingId",
         (SELECT json_agg(id) FROM diners) AS "dinerIds"
    FROM dated d, opening o`

type Shadow = {
  restaurantId: string
  serviceDate: string
  startsAt: string
  openingId: string
  dinerIds: string[]
}

async function setUp(client: pg.PoolClient, diners: number): Promise<Shadow> {
  const { rows } = await client.query<Shadow>(SET_UP, [diners])
  const [shadow] = rows
  if (!shadow) throw new Error('the shadow restaurant was not made')
  return shadow
}

type Answer = { reason?: string }

/** A probe that is refused would measure refusals. */
function mustSucceed(answers: Answer[]): void {
  const refused = answers.find(({ reason }) => reason !== undefined)
  if (refused) throw new Error(`a probe was refused: ${refused.reason}`)
}

const measureEntries = () =>
  rollBack(async (client) => {
    const { openingId, dinerIds } = await setUp(client, ENTRIES_TOGETHER)
    return takeSeconds(async () => {
      const entrants = dinerIds.map((accountId) => ({
        account: accountId,
        epoch: 0,
        session: null,
        entry: nameEntry({ openingId, accountId }),
        mailbox: makeMailboxKey({ openingId })?.toString('hex'),
        named: '{}',
      }))
      const { rows } = await client.query<{ answers: Answer[] }>(
        'SELECT enter_opening_together(p_opening => $1, p_entrants => $2) AS answers',
        [openingId, JSON.stringify(entrants)],
      )
      mustSucceed(rows[0]?.answers ?? [])
    })
  })

const measureBookings = () =>
  rollBack(async (client) => {
    const { restaurantId, serviceDate, startsAt, dinerIds } = await setUp(client, BOOKINGS_TOGETHER)
    const bookings = dinerIds.map((diner, index) => ({
      diner,
      key: randomUUID(),
      party: 1 + (index % 4),
    }))
    return takeSeconds(async () => {
      const { rows } = await client.query<{ answer: Answer }>(
        `SELECT place_reservation(p_diner => b.diner, p_key => b.key, p_request_hash => 'rehearsal', p_restaurant => $2,
                  p_service_date => $3, p_starts_at => $4, p_party_size => b.party, p_slot => NULL, p_note => NULL,
                  p_address => NULL, p_session_epoch => 0, p_most => $5, p_one_notice => true) AS answer
           FROM jsonb_to_recordset($1) AS b(diner uuid, key text, party integer)`,
        [JSON.stringify(bookings), restaurantId, serviceDate, startsAt, env.DINER_RESERVATIONS_MAX],
      )
      mustSucceed(rows.map(({ answer }) => answer))
    })
  })

/** A record of a batch's size in the log that is written ahead, which belongs to no table. */
const measureCommit = () =>
  takeSeconds(async () => {
    await pool.query(
      `SELECT pg_logical_emit_message(true, 'bobjool-rehearsal', repeat('-', 32768))`,
    )
  })
