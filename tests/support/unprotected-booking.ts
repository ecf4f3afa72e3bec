/**
 * Controls: booking without protection. They prove that the race tests can fail, and work on a
 * table of their own without constraints.
 */
import { pool } from '@/lib/db/database'
import type { BookingScene } from './booking-scene'

/** A pause between reading and writing, as long as a round trip. */
const THINK = 'SELECT pg_sleep(0.005)'

export async function setUpUnprotected(): Promise<void> {
  const client = await connectAsOwner()
  await client.query(`
    CREATE TABLE IF NOT EXISTS unprotected_slots (slot_id uuid, diner_id uuid, restaurant_id uuid, service_date date);
    GRANT ALL ON unprotected_slots TO PUBLIC;
    TRUNCATE unprotected_slots`)
  await client.end()
}

async function connectAsOwner() {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: process.env.DIRECT_DATABASE_URL })
  await client.connect()
  return client
}

/** Reads, pauses, writes. */
export async function bookUnprotected({
  dinerId,
  scene,
  slotId,
}: {
  dinerId: string
  scene: BookingScene
  slotId: string
}) {
  const seen = await pool.query('SELECT 1 FROM unprotected_slots WHERE slot_id = $1', [slotId])
  await pool.query(THINK)
  if (seen.rowCount) return { ok: false as const, reason: 'sold-out' }
  await pool.query('INSERT INTO unprotected_slots VALUES ($1, $2, $3, $4)', [
    slotId,
    dinerId,
    scene.restaurantId,
    scene.serviceDate,
  ])
  return { ok: true as const }
}

/** "One per diner and date", checked and then written. */
export async function bookOncePerDinerUnprotected({
  dinerId,
  scene,
  slotId,
}: {
  dinerId: string
  scene: BookingScene
  slotId: string
}) {
  const seen = await pool.query(
    'SELECT 1 FROM unprotected_slots WHERE diner_id = $1 AND restaurant_id = $2 AND service_date = $3',
    [dinerId, scene.restaurantId, scene.serviceDate],
  )
  await pool.query(THINK)
  if (seen.rowCount) return { ok: false as const, reason: 'already-booked' }
  await pool.query('INSERT INTO unprotected_slots VALUES ($1, $2, $3, $4)', [
    slotId,
    dinerId,
    scene.restaurantId,
    scene.serviceDate,
  ])
  return { ok: true as const }
}

/** "At most so many per diner", counted and then written. */
export async function bookFewUnprotected({
  dinerId,
  scene,
  slotId,
  most,
}: {
  dinerId: string
  scene: BookingScene
  slotId: string
  most: number
}) {
  const seen = await pool.query('SELECT 1 FROM unprotected_slots WHERE diner_id = $1', [dinerId])
  await pool.query(THINK)
  if ((seen.rowCount ?? 0) >= most) return { ok: false as const, reason: 'too-many-reservations' }
  await pool.query('INSERT INTO unprotected_slots VALUES ($1, $2, $3, $4)', [
    slotId,
    dinerId,
    scene.restaurantId,
    scene.serviceDate,
  ])
  return { ok: true as const }
}

/** Takes a free row with SKIP LOCKED, and calls it sold out when it got none. */
export async function bookSkippingLocked({ scene }: { scene: BookingScene }) {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM slots WHERE restaurant_id = $1 AND starts_at = $2 AND NOT taken ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [scene.restaurantId, scene.startsAt],
    )
    const [slot] = rows
    await client.query(THINK)
    if (slot) await client.query('UPDATE slots SET taken = true WHERE id = $1', [slot.id])
    // The transaction that took the row gives it back: no diner may get "sold out" here.
    if (slot) await client.query('UPDATE slots SET taken = false WHERE id = $1', [slot.id])
    await client.query('COMMIT')
    return slot ? { ok: true as const } : { ok: false as const, reason: 'sold-out' }
  } finally {
    client.release()
  }
}

/** Cancels by reading the reservation, then freeing the slot in a separate statement. */
export async function cancelUnprotected({
  reservationId,
  slotId,
  whileThinking,
}: {
  reservationId: string
  slotId: string
  whileThinking: () => Promise<unknown>
}) {
  const { rows } = await pool.query<{ status: string }>(
    'SELECT status FROM reservations WHERE id = $1',
    [reservationId],
  )
  await whileThinking()
  if (rows[0]?.status !== 'CONFIRMED') return
  await pool.query(
    `UPDATE reservations SET status = 'CANCELLED', cancelled_by = 'DINER' WHERE id = $1`,
    [reservationId],
  )
  await pool.query('UPDATE slots SET taken = false, held_until = NULL WHERE id = $1', [slotId])
}

export async function countUnprotectedSlots(): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM unprotected_slots',
  )
  return rows[0]?.count ?? 0
}
