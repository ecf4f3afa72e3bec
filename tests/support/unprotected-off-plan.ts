import { readFunctionFiles } from '@/prisma/function-files'
import type { TestDatabase } from './database'

/**
 * Control: slots off the plan, and schedules, are made without the lock of their tables, so that
 * overlapping ones are inserted side by side.
 */
export async function withoutTableLocks<Answer>(
  database: TestDatabase,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const file = readFunctionFiles().find(({ name }) => name === 'lock_tables')
  if (!file) throw new Error('there is no lock of tables to leave out')
  await database.query(
    `CREATE OR REPLACE FUNCTION lock_tables(p_tables uuid[]) RETURNS void LANGUAGE plpgsql AS 'BEGIN END'`,
  )
  try {
    return await work()
  } finally {
    await database.query(file.statement)
  }
}
