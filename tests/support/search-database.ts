import type { TestDatabase } from './database'

/**
 * The tables with a row in which a text stands, in any column of any type: what somebody would find
 * in a dump.
 */
export async function findInDatabase(
  database: Pick<TestDatabase, 'query'>,
  text: string,
): Promise<string[]> {
  const tables = await database.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await database.query(
      `SELECT 1 FROM ${name} t WHERE position($1 IN t::text) > 0
           OR position(encode(convert_to($1, 'UTF8'), 'hex') IN t::text) > 0 LIMIT 1`,
      [text],
    )
    if (rows.length > 0) found.push(name)
  }
  return found
}
