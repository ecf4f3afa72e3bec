import { expect, test } from 'vitest'
import { useDatabase } from '../support/database'

const database = useDatabase()

const MOMENTS = `(VALUES (now() - interval '1 minute'), (now()), (now() + interval '1 minute'), (NULL)) AS at (until)`

test('G5: a slot is free where nobody has it or the hold has run out, and that is never unknown', async () => {
  const rows = await database.query(
    `SELECT taken, until IS NULL AS "isForGood", until > now() AS "isHeld",
            is_slot_free(taken, until, now()) AS "isFree"
       FROM (VALUES (true), (false)) AS slot (taken), ${MOMENTS}`,
  )
  expect(rows).toHaveLength(8)
  for (const { taken, isForGood, isHeld, isFree } of rows) {
    expect(isFree).toBe(!taken || !(isForGood || isHeld))
  }
})

test('G5: a hold that has run out is expired and no longer coming, written down or not', async () => {
  const rows = await database.query(
    `SELECT status::text, until > now() AS "isHeld",
            reservation_status_at(status, until, now())::text AS "statusNow",
            coalesce(is_reservation_coming(status, until, now()), false) AS "isComing"
       FROM unnest(enum_range(NULL::reservation_status)) AS status, ${MOMENTS} WHERE until IS NOT NULL`,
  )
  expect(rows).toHaveLength(21)
  for (const { status, isHeld, statusNow, isComing } of rows) {
    expect(statusNow).toBe(status === 'HELD' && !isHeld ? 'EXPIRED' : status)
    expect(isComing).toBe(status === 'CONFIRMED' || (status === 'HELD' && isHeld))
  }
})

test('plans see through them', async () => {
  const plan = await database.query(
    `EXPLAIN (VERBOSE) SELECT reservation_status_at(v.status, v.hold_expires_at, now()) FROM slots s, reservations v
      WHERE is_slot_free(s.taken, s.held_until, now()) AND is_reservation_coming(v.status, v.hold_expires_at, now())`,
  )
  expect(JSON.stringify(plan)).not.toMatch(
    /is_slot_free|is_reservation_coming|reservation_status_at/,
  )
})
