/** A control: an import that looks at an entry before it writes, without a lock. */
import { pool } from '@/lib/db/database'

export async function addNoteUnprotected({
  guestId,
  note,
  whileThinking,
}: {
  guestId: string
  note: string
  whileThinking: () => Promise<void>
}): Promise<void> {
  const { rows } = await pool.query<{ note: string | null }>(
    'SELECT note FROM guests WHERE id = $1',
    [guestId],
  )
  await whileThinking()
  await pool.query('UPDATE guests SET note = $2 WHERE id = $1', [
    guestId,
    [rows[0]?.note, note].filter(Boolean).join('\n'),
  ])
}
