import { createHash, randomBytes } from 'node:crypto'
import { addDays, findInstant, formatWallTime } from '@/domain/schedule/rules'
import { chosenBeacon } from '@/lib/beacon/beacon'
import { makeMailboxKey } from '@/lib/crypto/receipt'
import type { Database } from '../rows'
import { findFridayOpening, GATE_MINUTES, listDatesAtHand, timeZone } from './friday'

const LOBBY_MINUTES = 60
const MINUTE_MS = 60_000
/** As long after the instant as a beacon takes. */
const DRAW_AFTER_MS = 4_000
/** How many of the diners came after the instant. */
const LATE_COUNT = 3
const RATE = 0.6
const OPENS_MINUTES = 600

type Friday = {
  db: Database
  restaurantId: string
  today: string
  now: Date
  dinerIds: readonly string[]
}

/**
 * Every day at ten an opening for that day: tomorrow's is announced, today's is over, with some
 * diners in its lobby. Existing rows are never changed, except that an opening still to come today
 * is replaced by a past one. Returns how many openings were made.
 */
export async function addOpenings({ dinerIds, ...friday }: Friday): Promise<number> {
  await repeatDaily(friday)
  let made = 0
  for (const serviceDate of listDatesAtHand(friday.now))
    if (await addPastOpening({ ...friday, serviceDate, dinerIds })) made += 1
  const tomorrow = addDays({ date: friday.today, days: 1 })
  if (await addComingOpening({ ...friday, serviceDate: tomorrow })) made += 1
  return made
}

async function repeatDaily({ db, restaurantId }: Omit<Friday, 'dinerIds'>): Promise<void> {
  await db.query(
    `INSERT INTO recurring_openings (restaurant_id, opens_minutes, lobby_minutes, gate_minutes, turns_per_second)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [restaurantId, OPENS_MINUTES, LOBBY_MINUTES, GATE_MINUTES, RATE],
  )
}

type Dated = Omit<Friday, 'dinerIds'> & { serviceDate: string }

async function addComingOpening({ db, restaurantId, serviceDate, now }: Dated): Promise<boolean> {
  const opensAt = findInstant({ serviceDate, wallTime: formatWallTime(OPENS_MINUTES), timeZone }).at
  if (opensAt <= now) return false
  return (await insertOpening({ db, restaurantId, serviceDate, opensAt })) !== null
}

async function addPastOpening({
  dinerIds,
  ...dated
}: Dated & { dinerIds: readonly string[] }): Promise<boolean> {
  const { db, restaurantId, serviceDate, now } = dated
  // Nobody has taken part in an opening that has not begun, and the demo wants today to be open.
  await db.query(
    `DELETE FROM openings WHERE restaurant_id = $1 AND service_date = $2
        AND cancelled_at IS NULL AND gate_until > $3`,
    [restaurantId, serviceDate, now],
  )
  const opensAt = findFridayOpening({ serviceDate, now })
  const openingId = await insertOpening({ db, restaurantId, serviceDate, opensAt })
  if (!openingId) return false
  await enterDiners({ db, openingId, dinerIds, opensAt })
  await drawPast({ db, openingId, opensAt })
  return true
}

/** Null: the date has an opening, or had one that was cancelled. */
async function insertOpening({
  db,
  restaurantId,
  serviceDate,
  opensAt,
}: {
  db: Database
  restaurantId: string
  serviceDate: string
  opensAt: Date
}): Promise<string | null> {
  const secret = randomBytes(32)
  const beacon = chosenBeacon()
  const round = beacon?.roundAfter(new Date(opensAt.getTime() + DRAW_AFTER_MS - 1_000))
  const { rows } = await db.query<{ id: string }>(
    `INSERT INTO openings (restaurant_id, service_date, lobby_opens_at, opens_at, gate_until, secret, commitment,
                           beacon, beacon_round, created_at)
     SELECT $1::uuid, $2::date, $3::timestamptz - make_interval(mins => $4::int), $3::timestamptz,
            $3::timestamptz + make_interval(mins => $5::int), $6::bytea, $7, $8, $9::bigint,
            $3::timestamptz - interval '3 days'
      WHERE NOT EXISTS (SELECT FROM openings WHERE restaurant_id = $1 AND service_date = $2)
        AND EXISTS (SELECT FROM service_dates WHERE restaurant_id = $1 AND service_date = $2)
     RETURNING id`,
    [
      ...[restaurantId, serviceDate, opensAt, LOBBY_MINUTES, GATE_MINUTES, secret],
      ...[createHash('sha256').update(secret).digest('hex'), beacon?.name ?? null, round ?? null],
    ],
  )
  const [made] = rows
  if (!made) return null
  await db.query(
    'INSERT INTO opening_rates (opening_id, from_at, turns_per_second) VALUES ($1, $2, $3)',
    [...[made.id, opensAt, RATE]],
  )
  await db.query(
    `INSERT INTO audit_events (at, actor_role, restaurant_id, subject, subject_id, act, to_status, details)
     VALUES ($1, 'SERVICE', $2, 'OPENING', $3, 'ANNOUNCE', 'ANNOUNCED', $4)`,
    [
      new Date(opensAt.getTime() - 3 * 24 * 60 * MINUTE_MS),
      restaurantId,
      made.id,
      { turnsPerSecond: RATE },
    ],
  )
  await db.query(
    'UPDATE service_dates SET opens_at = $3 WHERE restaurant_id = $1 AND service_date = $2',
    [restaurantId, serviceDate, opensAt],
  )
  return made.id
}

/** Most of them within the last minutes, a few after the instant. */
async function enterDiners({
  db,
  openingId,
  dinerIds,
  opensAt,
}: {
  db: Database
  openingId: string
  dinerIds: readonly string[]
  opensAt: Date
}): Promise<void> {
  const lobbyCount = dinerIds.length - LATE_COUNT
  for (const [index, accountId] of dinerIds.entries()) {
    const isInLobby = index < lobbyCount
    const number = isInLobby ? null : index - lobbyCount + 1
    const afterMs = number === null ? (index - lobbyCount) * 2 * MINUTE_MS : number * 7_000
    await db.query(
      `INSERT INTO opening_entries (opening_id, account_id, entry_id, entered_at, in_lobby, number)
       SELECT $1::uuid, id, name_mailbox_entry($3, email), $4::timestamptz, $5::boolean, $6::int
         FROM accounts WHERE id = $2`,
      [
        ...[openingId, accountId, makeMailboxKey({ openingId })],
        ...[new Date(opensAt.getTime() + afterMs), isInLobby, number],
      ],
    )
  }
}

/** As `freeze_opening` and `draw_opening` do it, but at the instants of the past opening. */
async function drawPast({
  db,
  openingId,
  opensAt,
}: {
  db: Database
  openingId: string
  opensAt: Date
}): Promise<void> {
  const { rows } = await db.query<{ round: number | null; ids: string[] }>(
    `SELECT o.beacon_round::int AS round,
            ARRAY(SELECT e.entry_id FROM opening_entries e
                   WHERE e.opening_id = o.id AND e.in_lobby ORDER BY e.entry_id COLLATE "C") AS ids
       FROM openings o WHERE o.id = $1`,
    [openingId],
  )
  const { round = null, ids = [] } = rows[0] ?? {}
  const beacon = chosenBeacon()
  // The seed makes no outside request; an opening with a public beacon is drawn as if it was
  // silent.
  const isLocal = beacon?.name === 'local' && round !== null
  const found = isLocal ? await beacon.fetchRound({ round, timeoutMs: 1_000 }) : null
  const entriesHash = createHash('sha256').update(ids.join('')).digest('hex')
  await db.query(
    `UPDATE openings
        SET frozen_at = $2, entry_count = $3, entries_hash = $4::text, last_number = $5, drawn_at = $6,
            account_ages = jsonb_build_object('30', $3::int),
            beacon_value = $7::text, beacon_proof = $8,
            order_seed = encode(sha256(decode($4, 'hex') || secret || coalesce(decode($7, 'hex'), ''::bytea)), 'hex')
      WHERE id = $1`,
    [
      ...[openingId, new Date(opensAt.getTime() + 100), ids.length, entriesHash, LATE_COUNT],
      ...[new Date(opensAt.getTime() + DRAW_AFTER_MS), found?.value ?? null, found?.proof ?? null],
    ],
  )
}
