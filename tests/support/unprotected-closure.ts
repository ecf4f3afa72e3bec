/** Control: tables are closed without their slots' locks. It proves that the race test can fail. */
import { pool } from '@/lib/db/database'

/** Reads who is there, and only then closes the table. Answers whom it has seen. */
export async function closeUnprotected({
  slotIds,
  whileThinking,
}: {
  slotIds: string[]
  whileThinking: () => Promise<unknown>
}): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT reservation_id::text AS id FROM reservation_slots
      WHERE slot_id = ANY($1::uuid[]) AND released_at IS NULL`,
    [slotIds],
  )
  await whileThinking()
  await pool.query('UPDATE slots SET blocked = true, closed = true WHERE id = ANY($1::uuid[])', [
    slotIds,
  ])
  return rows.map(({ id }) => id)
}
