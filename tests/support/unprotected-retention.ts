import { pool } from '@/lib/db/database'

/**
 * Forgets guests' numbers as a first version does it: looks for what is due, then deletes it, then
 * adds to the count. No locks; all sweeps have looked before the first one deletes.
 */
export async function forgetUnprotected({ sweeps }: { sweeps: number }): Promise<void> {
  const look = () =>
    pool.query<{ id: string }>(
      `SELECT id FROM tickets WHERE contact_phone IS NOT NULL AND service_date < current_date - 2`,
    )
  const found = await Promise.all(Array.from({ length: sweeps }, look))
  for (const { rows } of found) {
    const ids = rows.map(({ id }) => id)
    await pool.query('UPDATE tickets SET contact_phone = NULL WHERE id = ANY ($1)', [ids])
    await pool.query(`SELECT count_forgotten(p_what => 'guest-contacts', p_count => $1)`, [
      ids.length,
    ])
  }
}
