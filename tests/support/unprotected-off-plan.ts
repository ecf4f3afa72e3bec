import { readFunctionFiles } from '@/prisma/function-files'
import type { TestDatabase } from './database'

/** Runs work while a database function is another one than its file says. */
async function replaceFunction<Answer>(
  database: TestDatabase,
  { name, statement, work }: { name: string; statement: string; work: () => Promise<Answer> },
): Promise<Answer> {
  const file = readFunctionFiles().find((one) => one.name === name)
  if (!file) throw new Error(`there is no function ${name} to replace`)
  await database.query(statement)
  try {
    return await work()
  } finally {
    await database.query(file.statement)
  }
}

/**
 * Control: slots off the plan, and schedules, are made without the lock of their tables, so that
 * overlapping ones are inserted side by side.
 */
export const withoutTableLocks = <Answer>(database: TestDatabase, work: () => Promise<Answer>) =>
  replaceFunction(database, {
    name: 'lock_tables',
    statement: `CREATE OR REPLACE FUNCTION lock_tables(p_tables uuid[]) RETURNS void LANGUAGE plpgsql AS 'BEGIN END'`,
    work,
  })

/** Control: what a forgotten party gives back is locked when it is closed, after the seated party's own. */
export const withoutForgottenLocks = <Answer>(
  database: TestDatabase,
  work: () => Promise<Answer>,
) =>
  replaceFunction(database, {
    name: 'list_forgotten_slots',
    statement: `CREATE OR REPLACE FUNCTION list_forgotten_slots(p_tables uuid[]) RETURNS uuid[] LANGUAGE sql STABLE RETURN '{}'::uuid[]`,
    work,
  })
