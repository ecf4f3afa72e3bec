import { pool } from './db'

/**
 * The database's clock, which judges every deadline. Not this process' own: servers may be ten
 * minutes apart.
 */
export async function readDatabaseClock(): Promise<Date> {
  const { rows } = await pool.query<{ now: Date }>('SELECT now() AS now')
  const [row] = rows
  if (!row) throw new Error('SELECT now() returned no row')
  return row.now
}
