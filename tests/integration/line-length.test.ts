import { randomUUID } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import { pool } from '@/lib/db/database'
import { createDiners } from '@/prisma/factories'
import { useDatabase } from '@/tests/support/database'
import { setUpLine } from '@/tests/support/line-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

it('joining reads only a few tickets, however long the line', async () => {
  const { restaurantId } = await setUpLine()
  const diners = await createDiners(pool, { count: 300 })
  // The planner's statistics say that the line is empty, as early in a rush.
  await database.query('ANALYZE')
  // One connection: its own counters are current at once, and it keeps its plans.
  const connection = await pool.connect()
  const joinAll = async (some: typeof diners) => {
    for (const { id } of some) {
      const { rows } = await connection.query<{ answer: { isNew: boolean } }>(
        `SELECT take_ticket($1, 'ONLINE', $2, 0, NULL, $3, 'h', 2, 'IN_STORE', NULL, NULL, 'ko', NULL) AS answer`,
        [restaurantId, id, randomUUID()],
      )
      expect(rows[0]?.answer).toMatchObject({ isNew: true })
    }
  }
  const countRead = async (): Promise<number> => {
    await connection.query('SELECT pg_stat_force_next_flush()')
    const { rows } = await connection.query<{ read: number }>(
      `SELECT (max(seq_tup_read) + sum(idx_tup_read))::int AS read
         FROM pg_stat_user_tables t JOIN pg_stat_user_indexes i USING (relid) WHERE t.relname = 'tickets'`,
    )
    return rows[0]?.read ?? Number.NaN
  }
  try {
    await joinAll(diners.slice(0, 280))
    const before = await countRead()
    await joinAll(diners.slice(280))
    expect((await countRead()) - before).toBeLessThan(20 * 5)
  } finally {
    connection.release()
  }
})
