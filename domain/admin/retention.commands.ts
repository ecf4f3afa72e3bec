import { pool } from '@/lib/db/database'
import type { Kept } from './retention.rules'

/** Each a transaction of at most a few thousand rows; the next sweep goes on. */
const MOST_BATCHES = 10

/**
 * Forgets what is kept no longer, one kind of it. What is due is for the database to say. Each batch
 * locks its rows only, skipping any that another sweep holds; any number of sweeps may run at once.
 */
export async function forgetOverdue(what: Kept): Promise<{ forgotten: number }> {
  let forgotten = 0
  for (let batch = 1; batch <= MOST_BATCHES; batch += 1) {
    const { rows } = await pool.query<{ done: number }>(
      'SELECT forget_overdue(p_what => $1) AS done',
      [what],
    )
    const done = rows[0]?.done ?? 0
    if (done === 0) break
    forgotten += done
  }
  return { forgotten }
}
