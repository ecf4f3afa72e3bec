import { readLog, readProofSummary, unpackLog } from '@/domain/proof/queries'
import type { OpeningLog } from '@/domain/proof/schema'
import { nameEntry } from '@/lib/crypto/receipt'
import { pool } from '@/lib/db/database'
import { createDiners, createReservation, createRestaurant, createSlot } from '@/prisma/factories'
import { makeUpRound } from '../opening-day'
import { createOpening } from '../opening-scene'

const AGES = { 0: 12, 1: 20, 7: 43, 30: 152, 365: 113 }
const TURNS = 48
const SOLD = 7

async function enterCrowd({ openingId, dinerIds }: { openingId: string; dinerIds: string[] }) {
  const ids = dinerIds.map((accountId) => nameEntry({ openingId, accountId }))
  await pool.query(
    `INSERT INTO opening_entries (opening_id, account_id, entry_id, in_lobby, number)
     SELECT $1::uuid, a, e, true, NULL::int FROM unnest($2::uuid[], $3::text[]) AS known (a, e)
      UNION ALL SELECT $1::uuid, NULL, md5('lobby ' || n), true, NULL FROM generate_series(1, 340 - cardinality($3::text[])) AS n
      UNION ALL SELECT $1::uuid, NULL, md5('late ' || n), false, n FROM generate_series(1, 26) AS n`,
    [openingId, dinerIds, ids],
  )
}

/** The first turns, each taken a moment after it came, and most tables booked with them. */
async function giveTurns({ openingId, dinerIds }: { openingId: string; dinerIds: string[] }) {
  await pool.query(
    `INSERT INTO opening_turns (opening_id, entry_id)
     SELECT opening_id, entry_id FROM opening_entries WHERE opening_id = $1 AND in_lobby
      ORDER BY account_id IS NULL, entry_id LIMIT $2`,
    [openingId, TURNS],
  )
  const file = await readLog(openingId)
  if (!file.ok) throw new Error(file.reason)
  const log: OpeningLog = JSON.parse((await unpackLog(file.value.gzip)).toString('utf8'))
  for (const [at, { entry, dueAt }] of log.turns.entries())
    await pool.query(
      `UPDATE opening_turns SET given_at = $3::timestamptz + make_interval(secs => $4)
        WHERE opening_id = $1 AND entry_id = $2`,
      [openingId, entry, dueAt, 0.4 + ((at * 7) % 11) / 4],
    )
  await pool.query(
    `UPDATE reservation_slots c SET taken_at = t.given_at + interval '21 s'
       FROM reservations r, opening_entries e, opening_turns t
      WHERE r.id = c.reservation_id AND e.account_id = r.diner_id AND e.opening_id = $1
        AND t.opening_id = $1 AND t.entry_id = e.entry_id AND r.diner_id = ANY ($2::uuid[])`,
    [openingId, dinerIds],
  )
  await pool.query(
    `UPDATE reservations r SET created_at = c.taken_at
       FROM reservation_slots c WHERE c.reservation_id = r.id AND r.diner_id = ANY ($1::uuid[])`,
    [dinerIds],
  )
}

/** A typical opening: drawn with a public beacon, nearly all of it booked. */
export async function setUpProven(): Promise<string> {
  const { id: restaurantId } = await createRestaurant(pool, { name: '증명된 집', nameEn: 'Proven' })
  const beaconRound = 60_000_000
  const opened = { restaurantId, opensInMinutes: -20, turnsPerSecond: 2 }
  const { openingId } = await createOpening({ ...opened, beacon: 'drand-quicknet', beaconRound })
  await pool.query(`UPDATE openings SET created_at = opens_at - interval '2 days' WHERE id = $1`, [
    openingId,
  ])
  const dinerIds = (await createDiners(pool, { count: SOLD })).map(({ id }) => id)
  await enterCrowd({ openingId, dinerIds })
  for (const dinerId of [...dinerIds, null]) {
    const slot = await createSlot(pool, { restaurantId, maxParty: 4 })
    if (dinerId) await createReservation(pool, { slotId: slot.id, dinerId })
  }
  const { value, proof } = makeUpRound()
  await pool.query('SELECT freeze_opening($1)', [openingId])
  await pool.query('UPDATE openings SET account_ages = $2 WHERE id = $1', [openingId, AGES])
  await pool.query('SELECT draw_opening($1, $2, $3)', [openingId, value, proof])
  await giveTurns({ openingId, dinerIds })
  if (!(await readProofSummary(openingId))) throw new Error('there is nothing to prove')
  return openingId
}
