import { randomBytes } from 'node:crypto'
import { findEntry } from '@/domain/opening/queries'
import { addDays } from '@/domain/schedule/rules'
import { nameEntry } from '@/lib/crypto/receipt'
import { pool } from '@/lib/db/database'
import { createRestaurant, readToday } from '@/prisma/factories'
import type { TestDatabase } from './database'
import { TIME_ZONE } from './time-zone'

export interface OpeningScene {
  openingId: string
  restaurantId: string
  serviceDate: string
}

/**
 * An opening whose instant is that many minutes from now (negative: ago), with an hour of lobby
 * before and an hour of gate after it. A missing restaurant is made; the date is today by default.
 */
export async function createOpening({
  restaurantId: given,
  opensInMinutes = 30,
  daysAhead = 0,
  turnsPerSecond = 10,
  orderBy = 'DRAW',
  entryBy = 'MAILBOX',
  beacon = null,
  beaconRound = 1,
  cohortSeconds = null,
}: {
  restaurantId?: string
  opensInMinutes?: number
  /** The date that is opened. */
  daysAhead?: number
  turnsPerSecond?: number
  orderBy?: 'DRAW' | 'ARRIVAL'
  /** ACCOUNT: announced before mailboxes had their draw. */
  entryBy?: 'MAILBOX' | 'ACCOUNT'
  beacon?: string | null
  beaconRound?: number
  /** Null: announced before latecomers were drawn; they are numbered. */
  cohortSeconds?: number | null
} = {}): Promise<OpeningScene> {
  const restaurantId = given ?? (await createRestaurant(pool, { timeZone: TIME_ZONE })).id
  const today = await readToday(pool, restaurantId)
  const serviceDate = addDays({ date: today, days: daysAhead })
  const secret = randomBytes(32)
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO openings (restaurant_id, service_date, lobby_opens_at, opens_at, gate_until, order_by,
                           secret, commitment, beacon, beacon_round, entry_by, cohort_seconds)
     SELECT $1, $2, at - interval '1 hour', at, at + interval '1 hour', $3, $4::bytea,
            commit_to($4::bytea, at, at + interval '1 hour', $9::smallint), $5::text,
            CASE WHEN $5::text IS NOT NULL THEN $7::bigint END, $8, $9::smallint
       FROM (SELECT now() + make_interval(mins => $6::int) AS at) AS instant RETURNING id`,
    [
      ...[restaurantId, serviceDate, orderBy, secret, beacon, opensInMinutes, beaconRound, entryBy],
      cohortSeconds,
    ],
  )
  const openingId = rows[0]?.id ?? ''
  await pool.query(
    `INSERT INTO opening_rates SELECT id, opens_at, $2 FROM openings WHERE id = $1`,
    [openingId, turnsPerSecond],
  )
  return { openingId, restaurantId, serviceDate }
}

/** Moves an opening into the past by its rows, which only the database's owner can do. */
export async function passTime({
  database,
  openingId,
  seconds,
}: {
  database: TestDatabase
  openingId: string
  seconds: number
}): Promise<void> {
  const back = `- make_interval(secs => ${seconds})`
  await database.query(
    `DO $$ BEGIN
       ALTER TABLE openings DISABLE TRIGGER openings_announced_stays;
       UPDATE openings SET lobby_opens_at = lobby_opens_at ${back}, opens_at = opens_at ${back},
              gate_until = gate_until ${back}, created_at = created_at ${back}, frozen_at = frozen_at ${back}, drawn_at = drawn_at ${back},
              cancelled_at = cancelled_at ${back},
              direct_from = direct_from ${back}
        WHERE id = '${openingId}';
       UPDATE opening_rates SET from_at = from_at ${back}, set_at = set_at ${back}
        WHERE opening_id = '${openingId}';
       UPDATE opening_turns SET given_at = given_at ${back} WHERE opening_id = '${openingId}';
       ALTER TABLE openings ENABLE TRIGGER openings_announced_stays;
       ALTER TABLE opening_cohorts DISABLE TRIGGER opening_cohorts_frozen_stays;
       UPDATE opening_cohorts SET frozen_at = frozen_at ${back}, drawn_at = drawn_at ${back}
        WHERE opening_id = '${openingId}';
       ALTER TABLE opening_cohorts ENABLE TRIGGER opening_cohorts_frozen_stays;
       UPDATE opening_entries SET entered_at = entered_at ${back}
        WHERE opening_id = '${openingId}' AND NOT in_lobby AND number IS NULL;
     END $$`,
  )
}

/** Drawn ten minutes ago, with one diner in its lobby, whose turn has come. */
export async function createDrawnOpening({
  accountId,
}: {
  accountId: string
}): Promise<OpeningScene & { receipt: string }> {
  const scene = await createOpening({ opensInMinutes: -10, turnsPerSecond: 10_000 })
  const { openingId } = scene
  await pool.query(
    `INSERT INTO opening_entries (opening_id, account_id, entry_id, in_lobby) VALUES ($1, $2, $3, true)`,
    [openingId, accountId, nameEntry({ openingId, accountId })],
  )
  await pool.query('SELECT freeze_opening($1)', [openingId])
  await pool.query('SELECT draw_opening($1, NULL, NULL)', [openingId])
  const entry = await findEntry({ openingId, accountId })
  return { ...scene, receipt: entry?.receipt ?? '' }
}
