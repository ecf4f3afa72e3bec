import { pool } from '@/lib/db/database'
import type { TestDatabase } from './database'

/**
 * Control: without the index, the code alone looks whether a table is free before it seats a party
 * there, which two staff at once both find.
 */
export async function withoutOnePartyPerTable<Answer>(
  database: TestDatabase,
  work: () => Promise<Answer>,
): Promise<Answer> {
  await database.query('DROP INDEX occupancies_one_party_per_table')
  try {
    return await work()
  } finally {
    await database.query('TRUNCATE occupancies')
    await database.query(
      'CREATE UNIQUE INDEX occupancies_one_party_per_table ON occupancies (table_id) WHERE ended_at IS NULL',
    )
  }
}

/** How many tables have more than one seated party. */
export async function countSharedTables(): Promise<number> {
  const { rowCount } = await pool.query(
    `SELECT table_id FROM occupancies WHERE ended_at IS NULL GROUP BY table_id HAVING count(*) > 1`,
  )
  return rowCount ?? 0
}
