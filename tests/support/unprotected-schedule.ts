/**
 * Controls: changing slots without locks. They read at one moment and write at another, and prove
 * that the race tests can fail.
 */
import { pool } from '@/lib/db/database'

/** Reads whether the slot is free, pauses, and deletes it without reading again. */
export async function deleteSlotUnprotected({
  slotId,
  whileThinking,
}: {
  slotId: string
  whileThinking: () => Promise<unknown>
}): Promise<boolean> {
  const { rows } = await pool.query<{ taken: boolean }>('SELECT taken FROM slots WHERE id = $1', [
    slotId,
  ])
  await whileThinking()
  if (rows[0]?.taken) return false
  await pool.query('UPDATE slots SET taken = false, deleted_at = now() WHERE id = $1', [slotId])
  return true
}
