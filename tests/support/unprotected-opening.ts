import type { TestDatabase } from './database'

/**
 * Control: announcing without a lock and without the unique index, on a table that has neither. It
 * proves that the race test can fail. Returns how many openings one date got.
 */
export async function announceUnprotected({
  database,
  times,
}: {
  database: TestDatabase
  times: number
}): Promise<number> {
  await database.query('DROP TABLE IF EXISTS unprotected_openings')
  await database.query('CREATE TABLE unprotected_openings (service_date date)')
  try {
    await Promise.all(
      Array.from({ length: times }, async () => {
        const found = await database.query(
          `SELECT FROM unprotected_openings WHERE service_date = '2026-12-04'`,
        )
        if (found.length === 0)
          await database.query(`INSERT INTO unprotected_openings VALUES ('2026-12-04')`)
      }),
    )
    return (await database.query('SELECT FROM unprotected_openings')).length
  } finally {
    await database.query('DROP TABLE unprotected_openings')
  }
}
