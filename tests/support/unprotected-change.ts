/**
 * Controls: changes without protection. They prove that the tests of G22 can fail.
 */
import { pool } from '@/lib/db/database'

async function readSlot(reservationId: string): Promise<string | null> {
  const { rows } = await pool.query<{ slot: string }>(
    `SELECT slot_id::text AS slot FROM reservation_slots WHERE reservation_id = $1 AND released_at IS NULL`,
    [reservationId],
  )
  return rows[0]?.slot ?? null
}

async function leave(reservationId: string, slotId: string): Promise<void> {
  await pool.query(
    `UPDATE reservation_slots SET released_at = now(), moved_away = true WHERE reservation_id = $1 AND slot_id = $2`,
    [reservationId, slotId],
  )
  await pool.query('UPDATE slots SET taken = false WHERE id = $1', [slotId])
}

/** Takes a slot if nobody has it, in a transaction of its own. */
async function take(reservationId: string, slotId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `WITH claimed AS (UPDATE slots SET taken = true WHERE id = $2 AND NOT taken RETURNING id)
     INSERT INTO reservation_slots (reservation_id, slot_id) SELECT $1, id FROM claimed
     ON CONFLICT (reservation_id, slot_id) DO UPDATE SET released_at = NULL, moved_away = false`,
    [reservationId, slotId],
  )
  return rowCount === 1
}

/** "Cancel and book again": the old slot is given up before the new one is had. */
export async function changeByCancelling({
  reservationId,
  slotId,
  whileThinking,
}: {
  reservationId: string
  slotId: string
  whileThinking: () => Promise<unknown>
}): Promise<void> {
  const present = await readSlot(reservationId)
  if (present) await leave(reservationId, present)
  await whileThinking()
  await take(reservationId, slotId)
}

/** "Book, then cancel": until then the party has both. */
export async function changeByBooking({
  reservationId,
  slotId,
  whileThinking,
}: {
  reservationId: string
  slotId: string
  whileThinking: () => Promise<unknown>
}): Promise<void> {
  const present = await readSlot(reservationId)
  if (!(await take(reservationId, slotId))) return
  await whileThinking()
  if (present) await leave(reservationId, present)
}
