/**
 * Control: combinations and tables without the triggers that guard them. It proves that the race test
 * can fail.
 */
import type { TestDatabase } from './database'

const GUARDED = ['restaurant_combinations', 'restaurant_tables']

export async function withoutCombinationGuards<T>(
  database: TestDatabase,
  work: () => Promise<T>,
): Promise<T> {
  for (const table of GUARDED) await database.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
  try {
    return await work()
  } finally {
    for (const table of GUARDED) await database.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
  }
}
