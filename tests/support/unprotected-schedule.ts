/**
 * Controls: changing slots as one would without locks. They exist to prove that the race tests can
 * fail, and look at one moment what they write at another.
 */
import { pool } from '@/lib/db/database'

/** Looks whether it is free, thinks, and deletes it without looking again. */
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
